import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addressOf, billingValuesOf, readBillingForm } from './billing-form.js';

const complete = { email: 'ada@example.com', name: 'Ada Lovelace', country: 'GB' };

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
  ] as const)('%s = %p breaks the rule %s', (field, value, rule) => {
    expect(readBillingForm({ ...complete, [field]: value }).problems).toEqual([{ field, rule }]);
  });

  it('keeps what was typed, so that nothing must be typed twice', () => {
    const { values } = readBillingForm({ ...complete, email: 'not an email', vatId: 'de 123 456 789' });
    expect(values).toMatchObject({ email: 'not an email', name: 'Ada Lovelace', vatId: 'de 123 456 789' });
  });

  it.each([[['a@example.com', 'b@example.com']], [{ $gt: '' }], [7], [null]])('reads %j as nothing', (email) => {
    expect(readBillingForm({ ...complete, email }).values.email).toBe('');
  });

  it('never throws and never stores control characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(readBillingForm({ ...complete, company: text }).values.company).not.toMatch(/[\u0000-\u001f\u007f]/);
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

  it.each([
    ['GB', 'W1', { phone: '+44 1', state: 'London' }],
    ['DE', 'W1', { phone: '+44 1' }],
    ['GB', 'E2', { phone: '+44 1' }],
  ])('keep what the form does not ask for while it can be true: %s %s', (country, postcode, kept) => {
    const { values } = readBillingForm({ ...complete, country, postcode });
    const ordered = { country: 'gb', postcode: 'W1', phone: '+44 1', state: 'London', firstName: 'Bob', company: 'Old Ltd' };
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
