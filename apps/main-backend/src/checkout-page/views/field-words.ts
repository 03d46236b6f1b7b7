import type { AddressFormat } from '../address/index.js';
import type { BillingField, FieldProblem } from '../billing-form.js';
import type { CheckoutMessages } from '../messages/index.js';

/** What a field is called: parts of an address have other names in other countries. */
export function fieldLabel(messages: CheckoutMessages, field: BillingField, format: AddressFormat): string {
  switch (field) {
    case 'postcode':
      return messages.postcodes[format.postcodeName];
    case 'city':
      return messages.cities[format.cityName];
    case 'state':
      return messages.regions[format.regionName];
    default:
      return messages.fields[field];
  }
}

const ANY_VAT_ID = 'DE123456789';

export function problemText(messages: CheckoutMessages, { field, rule }: FieldProblem, format: AddressFormat): string {
  const example = field === 'vatId' ? (format.vatIdExample ?? ANY_VAT_ID) : (format.postcode?.example ?? '');
  return messages.problems[rule](fieldLabel(messages, field, format), example);
}
