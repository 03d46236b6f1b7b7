import { ADDRESS_FIELDS, FIELD_SPECS } from '../billing-form.js';
import type { BillingField, FieldProblem } from '../billing-form.js';
import { countriesIn } from '../locale.js';
import type { CheckoutMessages } from '../messages/index.js';
import type { PaymentForm } from '../page-model.js';

interface FieldsProps {
  readonly messages: CheckoutMessages;
  readonly form: PaymentForm;
}

/** Name, email and country always; the rest of the address folded away until it is wanted or wrong. */
export function BillingFields({ messages, form }: FieldsProps) {
  const filled = ADDRESS_FIELDS.map((field) => form.values[field]).filter((value) => value !== '');
  const wrong = form.problems.some(({ field }) => ADDRESS_FIELDS.includes(field));
  const field = (name: BillingField) => <TextField name={name} messages={messages} form={form} />;
  return (
    <fieldset class="group">
      <legend>{messages.yourDetails}</legend>
      {field('email')}
      {field('name')}
      <CountryField messages={messages} form={form} />
      <details class="address" open={wrong}>
        <summary>
          <span class="address-title">{messages.billingAddress}</span>
          <span class="address-preview">{filled.length > 0 ? filled.join(', ') : messages.billingAddressHint}</span>
        </summary>
        <div class="address-fields">
          <div class="pair">
            {field('company')}
            {field('vatId')}
          </div>
          {field('address1')}
          {field('address2')}
          <div class="pair">
            {field('postcode')}
            {field('city')}
          </div>
        </div>
      </details>
    </fieldset>
  );
}

function TextField({ name, messages, form }: FieldsProps & { readonly name: BillingField }) {
  const spec = FIELD_SPECS[name];
  const problem = form.problems.find((candidate) => candidate.field === name);
  const attributes = {
    id: name,
    name,
    autocomplete: spec.autocomplete,
    spellcheck: false,
    maxLength: spec.maxLength,
    required: spec.required,
    value: form.values[name],
    ...described(problem),
  };
  return (
    <div class="field">
      <Label name={name} messages={messages} />
      {name === 'email' ? (
        <input type="email" autocapitalize="off" {...attributes} />
      ) : (
        <input type="text" {...attributes} list={undefined} />
      )}
      <Problem problem={problem} messages={messages} />
    </div>
  );
}

function CountryField({ messages, form }: FieldsProps) {
  const problem = form.problems.find((candidate) => candidate.field === 'country');
  return (
    <div class="field">
      <Label name="country" messages={messages} />
      <div class="select">
        <select id="country" name="country" autocomplete="country" required {...described(problem)}>
          <option value="">{messages.chooseCountry}</option>
          {countriesIn(messages.language).map(({ code, name }) => (
            <option value={code} selected={code === form.values.country}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <Problem problem={problem} messages={messages} />
    </div>
  );
}

function Label({ name, messages }: { readonly name: BillingField; readonly messages: CheckoutMessages }) {
  return (
    <label for={name}>
      {messages.fields[name]}
      {!FIELD_SPECS[name].required && <span class="optional"> ({messages.optional})</span>}
    </label>
  );
}

function Problem({ problem, messages }: { readonly problem: FieldProblem | undefined; readonly messages: CheckoutMessages }) {
  if (!problem) return null;
  return (
    <p class="problem" id={`${problem.field}-problem`}>
      {problemText(messages, problem)}
    </p>
  );
}

export function problemText(messages: CheckoutMessages, { field, rule }: FieldProblem): string {
  return messages.problems[rule](messages.fields[field]);
}

function described(problem: FieldProblem | undefined) {
  return problem ? ({ 'aria-invalid': 'true', 'aria-describedby': `${problem.field}-problem` } as const) : {};
}
