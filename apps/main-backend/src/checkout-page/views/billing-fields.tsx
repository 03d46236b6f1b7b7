import { addressFormat } from '../address/index.js';
import type { AddressField } from '../address/index.js';
import { ADDRESS_FIELDS } from '../billing-form.js';
import { CountryField, RegionField, TextField } from './fields.js';
import type { CheckoutMessages } from '../messages/index.js';
import type { FieldsProps } from './fields.js';

/** Name, email and country always; what a business has when it is one; the rest of the address folded away. */
export function BillingFields({ messages, form, sessionPublicId }: Omit<FieldsProps, 'format'> & { readonly sessionPublicId: string }) {
  const props = { messages, form, format: addressFormat(form.values.country) };
  return (
    <fieldset class="group">
      <legend>{messages.yourDetails}</legend>
      <TextField name="email" {...props} />
      <TextField name="name" {...props} />
      <CountryField {...props} />
      <noscript>
        <button class="button quiet slim" type="submit" name="again" value="yes" formNoValidate>
          {messages.apply}
        </button>
      </noscript>
      <div
        id="country-fields"
        data-source={`/checkout/assets/address/${messages.language}/`}
        data-session={sessionPublicId}
        {...vatIdWords(messages)}
      >
        <CountryFields messages={messages} form={form} />
      </div>
    </fieldset>
  );
}

/** What the page's script needs to say how a VAT ID stands. */
function vatIdWords({ vatId }: CheckoutMessages) {
  return {
    'data-vat-url': '/api/v1/vat/validate',
    'data-vat-checking': vatId.checking,
    'data-vat-valid': vatId.valid,
    'data-vat-valid-for': vatId.validFor('{company}'),
    'data-vat-wrong': vatId.wrong,
    'data-vat-not-registered': vatId.notRegistered,
    'data-vat-unavailable': vatId.unavailable,
  } as const;
}

/** Everything that is different in another country. The page's script asks for it again when the country changes. */
export function CountryFields({ messages, form }: Omit<FieldsProps, 'format'>) {
  const { country } = form.values;
  const format = addressFormat(country);
  const props = { messages, form, format };
  const filled = format.rows.flat().flatMap((field) => (form.values[field] === '' ? [] : [form.values[field]]));
  const wrong = form.problems.some(({ field }) => ADDRESS_FIELDS.includes(field));
  // While no country is chosen, nobody knows whether its companies have a VAT ID.
  const hasVatId = country === '' || format.vatIdExample !== undefined || form.values.vatId !== '';
  const hint = format.vatIdExample && messages.forExample(format.vatIdExample);
  return (
    <>
      <label class="check">
        <input type="checkbox" id="business" name="business" value="yes" checked={form.business} />
        <span>{messages.business}</span>
      </label>
      <div class="business-fields">
        <TextField name="company" {...props} />
        {hasVatId && <TextField name="vatId" hint={hint} news {...props} />}
      </div>
      <details class="address" open={wrong}>
        <summary>
          <span class="address-title">{messages.billingAddress}</span>
          <span class="address-preview">{filled.length > 0 ? filled.join(', ') : messages.billingAddressHint}</span>
        </summary>
        <div class="address-fields">
          {format.rows.map((row) => (
            <div class="row">
              {row.map((field) => (
                <Field name={field} {...props} />
              ))}
            </div>
          ))}
        </div>
      </details>
    </>
  );
}

function Field({ name, ...props }: FieldsProps & { readonly name: AddressField }) {
  return name === 'state' ? <RegionField {...props} /> : <TextField name={name} {...props} />;
}
