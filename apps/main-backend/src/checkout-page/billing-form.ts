import type { Address } from '@paygate/messages';
import { isCountryCode } from './locale.js';

/** The fields of the form in the order they are shown. */
export const BILLING_FIELDS = ['email', 'name', 'country', 'company', 'vatId', 'address1', 'address2', 'postcode', 'city'] as const;
export type BillingField = (typeof BILLING_FIELDS)[number];
export type BillingValues = Readonly<Record<BillingField, string>>;

/** Why a value was not accepted; the page has a sentence for each. */
export type FieldRule = 'required' | 'email' | 'too_long' | 'country' | 'vat_id';

export interface FieldProblem {
  readonly field: BillingField;
  readonly rule: FieldRule;
}

interface FieldSpec {
  readonly maxLength: number;
  readonly required: boolean;
  /** Value of the autocomplete attribute, so that browsers fill the field. */
  readonly autocomplete: string;
  readonly check?: (value: string) => FieldRule | undefined;
}

/** Lengths are those of the address that is stored. */
export const FIELD_SPECS: Readonly<Record<BillingField, FieldSpec>> = {
  email: {
    maxLength: 254,
    required: true,
    autocomplete: 'email',
    check: (value) => (/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]+$/.test(value) ? undefined : 'email'),
  },
  name: { maxLength: 200, required: true, autocomplete: 'name' },
  country: { maxLength: 2, required: true, autocomplete: 'country', check: (value) => (isCountryCode(value) ? undefined : 'country') },
  company: { maxLength: 200, required: false, autocomplete: 'organization' },
  vatId: {
    maxLength: 50,
    required: false,
    autocomplete: 'off',
    check: (value) => (/^[A-Z0-9]{4,20}$/.test(value.replaceAll(/[\s.\-/]/g, '').toUpperCase()) ? undefined : 'vat_id'),
  },
  address1: { maxLength: 200, required: false, autocomplete: 'address-line1' },
  address2: { maxLength: 200, required: false, autocomplete: 'address-line2' },
  postcode: { maxLength: 32, required: false, autocomplete: 'postal-code' },
  city: { maxLength: 200, required: false, autocomplete: 'address-level2' },
};

/** Fields behind "Billing address and VAT ID": everything that is not always asked for. */
export const ADDRESS_FIELDS: readonly BillingField[] = ['company', 'vatId', 'address1', 'address2', 'postcode', 'city'];

/** Reads what the browser sent. Unknown fields are ignored: the page owns the form, nobody else posts to it. */
export function readBillingForm(form: Readonly<Record<string, unknown>>): { values: BillingValues; problems: FieldProblem[] } {
  const values = valuesBy((field) => {
    const raw = form[field];
    return typeof raw === 'string' ? tidy(raw) : '';
  });
  const problems: FieldProblem[] = [];
  for (const field of BILLING_FIELDS) {
    const rule = ruleBroken(FIELD_SPECS[field], values[field]);
    if (rule) problems.push({ field, rule });
  }
  return { values, problems };
}

function ruleBroken(spec: FieldSpec, value: string): FieldRule | undefined {
  if (value === '') return spec.required ? 'required' : undefined;
  // A country that is no code is not "too long" but none of the list.
  return value.length > spec.maxLength ? (spec.check?.(value) ?? 'too_long') : spec.check?.(value);
}

/** What the form starts with: the latest of what is known of the buyer. */
export function billingValuesOf(email: string | undefined, address: Address | undefined): BillingValues {
  const name = [address?.firstName, address?.lastName].filter(Boolean).join(' ');
  return valuesBy((field) => {
    if (field === 'email') return email ?? '';
    if (field === 'name') return name;
    const known = address?.[field] ?? '';
    return field === 'country' ? known.toUpperCase() : known;
  });
}

/**
 * The form as the address that is stored: the last word of the name is taken as the family name. The form does not ask for
 * phone and state; those of the order are kept as long as they can still be true.
 */
export function addressOf(values: BillingValues, ordered?: Address): Address {
  const words = values.name.split(' ');
  const lastName = words.length > 1 ? words.pop() : undefined;
  const address: Address = { firstName: words.join(' '), lastName, country: values.country };
  if (ordered?.phone) address.phone = ordered.phone;
  if (ordered?.state && ordered.country?.toUpperCase() === values.country && (ordered.postcode ?? '') === values.postcode) {
    address.state = ordered.state;
  }
  for (const field of ADDRESS_FIELDS) {
    const value = values[field];
    if (value !== '') Object.assign(address, { [field]: field === 'vatId' ? value.toUpperCase() : value });
  }
  return address;
}

/** Blanks around and between words, and characters nobody can see, come from copying. */
function tidy(value: string): string {
  return value
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function valuesBy(valueOf: (field: BillingField) => string): BillingValues {
  return Object.fromEntries(BILLING_FIELDS.map((field) => [field, valueOf(field)])) as Record<BillingField, string>;
}
