import type { Address } from '@paygate/messages';
import { canonicalVatId } from '../vat-ids/index.js';
import { addressFormat, findRegion, hasField } from './address/index.js';
import { isCountryCode } from './countries.js';

/** The fields of the form. Those of the address stand in the order of the country. */
export const BILLING_FIELDS = [
  'email',
  'name',
  'country',
  'company',
  'vatId',
  'address1',
  'address2',
  'postcode',
  'city',
  'state',
] as const;
export type BillingField = (typeof BILLING_FIELDS)[number];
export type BillingValues = Readonly<Record<BillingField, string>>;

/** Why a value was not accepted; the page has a sentence for each. */
export type FieldRule = 'required' | 'email' | 'too_long' | 'country' | 'vat_id' | 'postcode' | 'state';

export interface FieldProblem {
  readonly field: BillingField;
  readonly rule: FieldRule;
}

interface FieldSpec {
  readonly maxLength: number;
  readonly required: boolean;
  /** Value of the autocomplete attribute, so that browsers fill the field. */
  readonly autocomplete: string;
  readonly check?: (value: string, country: string) => FieldRule | undefined;
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
  country: {
    maxLength: 2,
    required: true,
    autocomplete: 'billing country',
    check: (value) => (isCountryCode(value) ? undefined : 'country'),
  },
  company: { maxLength: 200, required: false, autocomplete: 'organization' },
  vatId: {
    maxLength: 50,
    required: false,
    autocomplete: 'off',
    check: (value, country) => (canonicalVatId(value, country) === undefined ? 'vat_id' : undefined),
  },
  address1: { maxLength: 200, required: false, autocomplete: 'billing address-line1' },
  address2: { maxLength: 200, required: false, autocomplete: 'billing address-line2' },
  postcode: {
    maxLength: 32,
    required: false,
    autocomplete: 'billing postal-code',
    check: (value, country) => (addressFormat(country).postcode?.accepts(value) === false ? 'postcode' : undefined),
  },
  city: { maxLength: 200, required: false, autocomplete: 'billing address-level2' },
  state: {
    maxLength: 100,
    required: false,
    autocomplete: 'billing address-level1',
    check: (value, country) => (addressFormat(country).regions && !findRegion(country, value) ? 'state' : undefined),
  },
};

/** What only a business has. */
export const BUSINESS_FIELDS: readonly BillingField[] = ['company', 'vatId'];
/** Fields behind "Billing address". */
export const ADDRESS_FIELDS: readonly BillingField[] = ['address1', 'address2', 'postcode', 'city', 'state'];

/** What the browser sent, tidied, and what is wrong with it. */
export interface ReadForm {
  readonly values: BillingValues;
  /** The buyer buys for a company. What only companies have does not count otherwise: it may still stand in hidden fields. */
  readonly business: boolean;
  readonly problems: readonly FieldProblem[];
}

/** Reads what the browser sent. Unknown fields are ignored: the page owns the form, nobody else posts to it. */
export function readBillingForm(form: Readonly<Record<string, unknown>>): ReadForm {
  const business = form['business'] === 'yes';
  const values = valuesBy((field) => {
    const raw = form[field];
    return typeof raw === 'string' && (business || !BUSINESS_FIELDS.includes(field)) ? tidy(raw) : '';
  });
  const problems: FieldProblem[] = [];
  for (const field of BILLING_FIELDS) {
    const rule = ruleBroken(FIELD_SPECS[field], values[field], values.country);
    if (rule) problems.push({ field, rule });
  }
  return { values, business, problems };
}

function ruleBroken(spec: FieldSpec, value: string, country: string): FieldRule | undefined {
  if (value === '') return spec.required ? 'required' : undefined;
  // A country that is no code is not "too long" but none of the list.
  return value.length > spec.maxLength && spec !== FIELD_SPECS.country ? 'too_long' : spec.check?.(value, country);
}

/** What the form starts with: the latest of what is known of the buyer. */
export function billingValuesOf(email: string | undefined, address: Address | undefined): BillingValues {
  const name = [address?.firstName, address?.lastName].filter(Boolean).join(' ');
  const country = (address?.country ?? '').toUpperCase();
  return valuesBy((field) => {
    if (field === 'email') return email ?? '';
    if (field === 'name') return name;
    if (field === 'country') return country;
    const known = address?.[field] ?? '';
    // Shops write the name of a state or its code; the list has codes.
    return field === 'state' ? (findRegion(country, known)?.code ?? '') : known;
  });
}

/**
 * The form as the address that is stored: the last word of the name is taken as the family name. What the form does not ask
 * for is kept of the order as long as it can still be true: the phone, and the state where addresses have none in a list.
 */
export function addressOf(values: BillingValues, ordered?: Address): Address {
  const words = values.name.split(' ');
  const lastName = words.length > 1 ? words.pop() : undefined;
  const { country } = values;
  const address: Address = { firstName: words.join(' '), lastName, country };
  if (ordered?.phone) address.phone = ordered.phone;
  for (const field of [...BUSINESS_FIELDS, ...ADDRESS_FIELDS]) {
    const value = storedValue(field, values[field], country);
    if (value !== undefined) Object.assign(address, { [field]: value });
  }
  const sameTown = ordered?.country?.toUpperCase() === country && (ordered.postcode ?? '') === values.postcode;
  if (ordered?.state && sameTown) address.state ??= ordered.state;
  return address;
}

function storedValue(field: BillingField, value: string, country: string): string | undefined {
  if (value === '') return undefined;
  if (field === 'vatId') return canonicalVatId(value, country) ?? value.toUpperCase();
  // What was typed for another country before is no part of this address.
  if (field === 'state') return findRegion(country, value)?.code;
  return field === 'postcode' && !hasField(addressFormat(country), 'postcode') ? undefined : value;
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
