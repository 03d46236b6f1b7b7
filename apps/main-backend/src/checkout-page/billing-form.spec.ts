import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addressOf, billingValuesOf, readBillingForm } from './billing-form.js';

const complete = { email: 'ada@example.com', name: 'Ada Lovelace', country: 'GB' };
const ofBusiness = { ...complete, business: 'yes' };

describe('readBillingForm', () => {
  it('accepts the least a buyer must say', () => {
    const { values, problems } = readBillingForm(complete);
    expect(problems).toEqual([]);
    expect(values).toMatchObject({ ...complete, company: '', vatId: '' });
  });

  it.each([
    ['email', '', 'required'],
    ['email', 'ada', 'email'],
    ['email', 'ada@localhost', 'email'],
    ['email', 'a b@example.com', 'email'],
    ['email', `${'a'.repeat(250)}@example.com`, 'too_long'],
    ['name', '   ', 'required'],
    ['name', 'x'.repeat(201), 'too_long'],
    ['country', '', 'required'],
    ['country', 'XX', 'country'],
    ['country', 'Germany', 'country'],
    ['vatId', 'DE!', 'vat_id'],
    ['vatId', '<script>', 'vat_id'],
    ['postcode', '1'.repeat(33), 'too_long'],
    ['postcode', '10115', 'postcode'],
  ] as const)('%s = %p breaks the rule %s', (field, value, rule) => {
    expect(readBillingForm({ ...ofBusiness, [field]: value }).problems).toEqual([{ field, rule }]);
  });

  it.each([
    [{ country: 'US', state: 'Bavaria' }, [{ field: 'state', rule: 'state' }]],
    [{ country: 'US', state: 'California', postcode: '94105-1234' }, []],
    [{ country: 'US', postcode: '9410' }, [{ field: 'postcode', rule: 'postcode' }]],
    [{ country: 'DE', state: 'Bavaria' }, []],
    [{ country: 'KZ', postcode: 'anything' }, []],
    [{ country: 'CH', vatId: 'che-123.456.789 mwst' }, []],
    [{ country: 'US', vatId: '12-3456789' }, []],
  ])('by the rules of the country: %j', (changes, problems) => {
    expect(readBillingForm({ ...ofBusiness, ...changes }).problems).toEqual(problems);
  });

  it('keeps what was typed, so that nothing must be typed twice', () => {
    const { values } = readBillingForm({ ...ofBusiness, email: 'not an email', vatId: 'gb 123 456 789' });
    expect(values).toMatchObject({ email: 'not an email', name: 'Ada Lovelace', vatId: 'gb 123 456 789' });
  });

  it('takes what only companies have from companies only', () => {
    const typed = { company: 'Analytical Ltd', vatId: 'nonsense' };
    expect(readBillingForm({ ...complete, ...typed })).toMatchObject({ business: false, values: { company: '', vatId: '' }, problems: [] });
    expect(readBillingForm({ ...ofBusiness, ...typed })).toMatchObject({ business: true, values: typed, problems: [{ field: 'vatId' }] });
  });

  it.each([[['a@example.com', 'b@example.com']], [{ $gt: '' }], [7], [null]])('reads %j as nothing', (email) => {
    expect(readBillingForm({ ...complete, email }).values.email).toBe('');
  });

  it('never throws and never stores control characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(readBillingForm({ ...ofBusiness, company: text }).values.company).not.toMatch(/[\u0000-\u001f\u007f]/);
      }),
    );
  });
});

describe('addressOf and billingValuesOf', () => {
  it.each(['Ada Lovelace', 'Juan Carlos de la Cruz', 'Prince'])('return the name %p as it was typed', (name) => {
    const { values } = readBillingForm({ ...complete, name });
    expect(billingValuesOf(values.email, addressOf(values)).name).toBe(name);
  });

  it('leave empty fields out', () => {
    expect(addressOf(readBillingForm(complete).values)).toEqual({ firstName: 'Ada', lastName: 'Lovelace', country: 'GB' });
  });

  it('store a VAT ID, a state and a postcode as the country writes them', () => {
    const stored = (changes: object) => addressOf(readBillingForm({ ...ofBusiness, ...changes }).values);
    expect(stored({ country: 'DE', vatId: 'de 123.456.789' }).vatId).toBe('DE123456789');
    expect(stored({ country: 'CA', state: 'quebec' }).state).toBe('QC');
    expect(stored({ country: 'DE', state: 'CA' })).not.toHaveProperty('state');
    expect(stored({ country: 'HK', postcode: '10115' })).not.toHaveProperty('postcode');
  });

  it.each([
    ['US', 'California', 'CA'],
    ['US', 'ca', 'CA'],
    ['DE', 'Bayern', ''],
  ])('show the state of an order in %s, %s, as %p', (country, state, shown) => {
    expect(billingValuesOf(undefined, { country, state }).state).toBe(shown);
  });

  it.each([
    ['GB', 'W1 1AA', { phone: '+44 1', state: 'London' }],
    ['DE', 'W1 1AA', { phone: '+44 1' }],
    ['GB', 'E2 1AA', { phone: '+44 1' }],
  ])('keep what the form does not ask for while it can be true: %s %s', (country, postcode, kept) => {
    const { values } = readBillingForm({ ...complete, country, postcode });
    const ordered = { country: 'gb', postcode: 'W1 1AA', phone: '+44 1', state: 'London', firstName: 'Bob', company: 'Old Ltd' };
    expect(addressOf(values, ordered)).toEqual({ firstName: 'Ada', lastName: 'Lovelace', country, postcode, ...kept });
  });

  it('reads an address as shops send it', () => {
    expect(billingValuesOf('a@example.com', { firstName: 'Ada', country: 'gb', address1: '1 Main St' })).toMatchObject({
      email: 'a@example.com',
      name: 'Ada',
      country: 'GB',
      address1: '1 Main St',
      city: '',
    });
  });
});
