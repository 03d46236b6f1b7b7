import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newObjectId } from '@paygate/kernel';
import { AdminStack } from './fixture/admin-stack.js';
import { ClientsApi } from './fixture/clients-api.js';
import { expectRefusal } from './fixture/expect-refusal.js';

let stack: AdminStack;
let api: ClientsApi;

beforeAll(async () => {
  stack = await AdminStack.start();
  api = await ClientsApi.ofNewOrganization(stack);
}, 60_000);
afterAll(async () => stack.stop());

describe('what is refused about clients', () => {
  let id = '';
  beforeAll(async () => {
    id = (await api.create({ email: 'valid@example.com' })).id;
  });

  const long = (length: number): string => 'x'.repeat(length);
  const WRONG: [string, Record<string, unknown>][] = [
    ['email', { email: 'not an address' }],
    ['email', { email: { $gt: '' } }],
    ['email', { email: ['a@example.com'] }],
    ['email', { email: '' }],
    ['email', { email: null }],
    ['email', { email: 'a\u0000@example.com' }],
    ['email', { email: `${long(250)}@example.com` }],
    ['firstName', { firstName: { $ne: null } }],
    ['firstName', { firstName: 'A\u0000da' }],
    ['firstName', { firstName: long(201) }],
    ['firstName', { firstName: 7 }],
    ['lastName', { lastName: ['x'] }],
    ['company', { company: long(201) }],
    ['company', { company: true }],
    ['phone', { phone: long(51) }],
    ['billingAddress', { billingAddress: 'Berlin' }],
    ['billingAddress', { billingAddress: [{ city: 'Berlin' }] }],
    ['billingAddress.city', { billingAddress: { city: { $gt: '' } } }],
    ['billingAddress.country', { billingAddress: { country: 'Germany' } }],
    ['billingAddress.planet', { billingAddress: { planet: 'Earth' } }],
    ['shippingAddress.postcode', { shippingAddress: { postcode: long(33) } }],
    ['locale', { locale: 'not a locale' }],
    ['locale', { locale: { $gt: '' } }],
    ['currency', { currency: 'euro' }],
    ['externalId', { externalId: { $exists: true } }],
    ['externalId', { externalId: long(101) }],
    ['externalId', { externalId: 'a\u0000' }],
    ['notes', { notes: long(5001) }],
    ['notes', { notes: {} }],
    ['metadata', { metadata: 'text' }],
    ['metadata', { metadata: { $where: '1' } }],
    ['metadata', { metadata: { 'a.b': '1' } }],
    ['metadata', { metadata: { a: { b: 'c' } } }],
    ['taxInfo', { taxInfo: 'DE123456789' }],
    ['taxInfo.taxId', { taxInfo: { taxId: 'DE123456789' } }],
    ['taxInfo.taxId.plaintext', { taxInfo: { taxId: { plaintext: { $gt: '' } } } }],
    ['taxInfo.taxId.plaintext', { taxInfo: { taxId: { plaintext: long(51) } } }],
    ['taxInfo.taxId.ciphertext', { taxInfo: { taxId: { ciphertext: 'x' } } }],
    ['taxInfo.taxIdType', { taxInfo: { taxIdType: 'passport' } }],
    ['taxInfo.taxCountry', { taxInfo: { taxCountry: 'DEU' } }],
    ['taxInfo.peppolRoutingAddress.schemeId', { taxInfo: { peppolRoutingAddress: { schemeId: 'VAT', value: { plaintext: '1' } } } }],
    ['taxInfo.peppolRoutingAddress.value', { taxInfo: { peppolRoutingAddress: { schemeId: '9930' } } }],
    [
      'taxInfo.peppolRoutingAddress.value.plaintext',
      { taxInfo: { peppolRoutingAddress: { schemeId: '9930', value: { plaintext: 'a b' } } } },
    ],
    ['organizationId', { organizationId: newObjectId() }],
    ['livemode', { livemode: false }],
    ['id', { id: newObjectId() }],
    ['_id', { _id: newObjectId() }],
    ['createdAt', { createdAt: '2020-01-01T00:00:00.000Z' }],
    ['sealed', { sealed: { email: 'x' } }],
    ['tokens', { tokens: [] }],
  ];

  it.each(WRONG)('%s in %j', async (field, wrong) => {
    expectRefusal(await api.call('', 'POST', { email: 'new@example.com', ...wrong }), 400, 'validation_failed', field);
    expectRefusal(await api.call(`/${id}`, 'PUT', wrong), 400, 'validation_failed', field);
    expect(await api.listed('email=new@example.com')).toEqual([]);
  });

  it('a client without e-mail address, and a body that is none', async () => {
    expectRefusal(await api.call('', 'POST', { firstName: 'Ada' }), 400, 'validation_failed', 'email');
    expectRefusal(await api.call('', 'POST', [{ email: 'new@example.com' }]), 400, 'validation_failed');
  });

  it.each([
    ['?email=nobody', 'email'],
    ['?email[$gt]=', 'email[$gt]'],
    ['?email=a@example.com&email=b@example.com', 'email'],
    ['?country=Germany', 'country'],
    [`?externalId=${long(101)}`, 'externalId'],
    ['?externalId=%00', 'externalId'],
    ['?from=yesterday', 'from'],
    ['?from=2026-02-01&to=2026-01-01', 'from'],
    ['?limit=101', 'limit'],
    ['?page=0', 'page'],
    ['?cursor=x', 'cursor'],
    ['?livemode=false', 'livemode'],
    ['?organizationId=5f0000000000000000000001', 'organizationId'],
    ['/search', 'q'],
    ['/search?q=', 'q'],
    ['/search?q=%20-%20', 'q'],
    ['/search?q=a%00', 'q'],
    ['/search?q[$gt]=', 'q'],
    ['/search?q=a&q=b', 'q'],
    [`/search?q=${long(201)}`, 'q'],
    ['/search?q=1+2+3+4+5+6+7+8+9+10+11', 'q'],
    ['/search?q=a&limit=0', 'limit'],
    ['/search?q=a&limit=51', 'limit'],
    ['/search?q=a&limit=ten', 'limit'],
    ['/search?q=a&scope=all', 'scope'],
  ])('%s', async (query, field) => expectRefusal(await api.call(query), 400, 'validation_failed', field));

  it.each(['1', 'nonsense', '%7B%22$gt%22:%22%22%7D', newObjectId()])('the id %s', async (unknown) => {
    expectRefusal(await api.call(`/${unknown}`), 404, 'client_not_found');
    expectRefusal(await api.call(`/${unknown}`, 'PUT', {}), 404, 'client_not_found');
    expectRefusal(await api.call(`/${unknown}`, 'DELETE'), 404, 'client_not_found');
    expectRefusal(await api.call(`/${unknown}/history`), 404, 'client_not_found');
  });
});
