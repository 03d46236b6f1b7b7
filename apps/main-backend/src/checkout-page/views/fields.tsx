import type { AddressFormat } from '../address/index.js';
import { FIELD_SPECS } from '../billing-form.js';
import type { BillingField, FieldProblem } from '../billing-form.js';
import { countriesIn } from '../countries.js';
import type { CheckoutMessages } from '../messages/index.js';
import type { PaymentForm } from '../page-model.js';
import { fieldLabel, problemText } from './field-words.js';

export interface FieldsProps {
  readonly messages: CheckoutMessages;
  readonly form: Pick<PaymentForm, 'values' | 'problems' | 'business'>;
  readonly format: AddressFormat;
}

interface FieldProps extends FieldsProps {
  readonly name: BillingField;
}

interface TextFieldProps extends FieldProps {
  readonly hint?: string;
  /** A line in which the page's script says what it has found out; it is read out then. */
  readonly news?: boolean;
}

export function TextField({ name, hint, news = false, ...props }: TextFieldProps) {
  const { form, format } = props;
  const spec = FIELD_SPECS[name];
  const attributes = {
    id: name,
    name,
    autocomplete: spec.autocomplete,
    spellcheck: false,
    maxLength: spec.maxLength,
    required: spec.required,
    value: form.values[name],
    ...described(props, name, { hint: hint !== undefined, news }),
  };
  const digits = name === 'postcode' && format.postcode?.numeric ? ({ inputmode: 'numeric' } as const) : {};
  return (
    <div class={`field field-${name}`}>
      <Label name={name} {...props} />
      {name === 'email' ? <input type="email" autocapitalize="off" {...attributes} /> : <input type="text" {...attributes} {...digits} />}
      {hint !== undefined && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {news && <p class="hint news" id={`${name}-news`} role="status" />}
      <Problem name={name} {...props} />
    </div>
  );
}

export function CountryField(props: FieldsProps) {
  const { messages, form } = props;
  const countries = countriesIn(messages.language).map(({ code, name }) => ({ value: code, text: name }));
  return <ChoiceField name="country" first={messages.chooseCountry} choices={countries} chosen={form.values.country} {...props} />;
}

export function RegionField(props: FieldsProps) {
  const { messages, form, format } = props;
  const regions = (format.regions ?? []).map(({ code, name }) => ({ value: code, text: name }));
  return <ChoiceField name="state" first={messages.chooseRegion} choices={regions} chosen={form.values.state} {...props} />;
}

interface ChoiceProps extends FieldProps {
  readonly first: string;
  readonly choices: readonly { readonly value: string; readonly text: string }[];
  readonly chosen: string;
}

function ChoiceField({ name, first, choices, chosen, ...props }: ChoiceProps) {
  const { autocomplete, required } = FIELD_SPECS[name];
  return (
    <div class={`field field-${name}`}>
      <Label name={name} {...props} />
      <div class="select">
        <select id={name} name={name} autocomplete={autocomplete} required={required} {...described(props, name, {})}>
          <option value="">{first}</option>
          {choices.map(({ value, text }) => (
            <option value={value} selected={value === chosen}>
              {text}
            </option>
          ))}
        </select>
      </div>
      <Problem name={name} {...props} />
    </div>
  );
}

function Label({ name, messages, format }: FieldProps) {
  return (
    <label for={name}>
      {fieldLabel(messages, name, format)}
      {!FIELD_SPECS[name].required && <span class="optional"> ({messages.optional})</span>}
    </label>
  );
}

function Problem({ name, messages, form, format }: FieldProps) {
  const problem = problemOf(form, name);
  if (!problem) return null;
  return (
    <p class="problem" id={`${name}-problem`}>
      {problemText(messages, problem, format)}
    </p>
  );
}

function problemOf(form: FieldsProps['form'], name: BillingField): FieldProblem | undefined {
  return form.problems.find(({ field }) => field === name);
}

function described({ form }: FieldsProps, name: BillingField, { hint = false, news = false }: { hint?: boolean; news?: boolean }) {
  const wrong = problemOf(form, name) !== undefined;
  const by = [...(wrong ? [`${name}-problem`] : []), ...(hint ? [`${name}-hint`] : []), ...(news ? [`${name}-news`] : [])].join(' ');
  return { ...(wrong ? { 'aria-invalid': 'true' as const } : {}), ...(by === '' ? {} : { 'aria-describedby': by }) };
}
