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

const WHOLE = {
  email: 'Ada.Lovelace@Engines.example',
  firstName: 'Ada',
  lastName: 'Lovelace',
  company: 'Analytical Engines Ltd',
  phone: '+49 30 1234567',
  billingAddress: { firstName: 'Ada', address1: 'Example Street 1', city: 'Berlin', postcode: '10115', country: 'DE' },
  shippingAddress: { address1: 'Back door', country: 'PL' },
  locale: 'de-DE',
  currency: 'EUR',
  externalId: 'customer_4711',
  notes: 'Pays by bank transfer.\nCall first.',
  metadata: { segment: 'b2b', apiToken: 'kept' },
  taxInfo: {
    taxId: { plaintext: 'DE123456789' },
    taxIdType: 'vat',
    taxCountry: 'DE',
    peppolRoutingAddress: { schemeId: '9930', value: { plaintext: 'DE123456789' } },
  },
};

describe('the life of a client', () => {
  it('is created, read, listed, changed and deleted', async () => {
    const mine = await ClientsApi.ofNewOrganization(stack);
    const created = await mine.create(WHOLE);
    expect(created).toEqual({
      ...WHOLE,
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      livemode: true,
      createdAt: expect.any(String),
      updatedAt: created['createdAt'],
    });

    expect((await mine.call(`/${created.id}`)).body).toEqual(created);
    expect((await mine.call(`/${created.id.toUpperCase()}`)).body).toEqual(created);
    expect((await mine.call('')).body).toEqual({ clients: [created], total: 1, page: 1, limit: 50 });

    const changed = await mine.call(`/${created.id}`, 'PUT', { lastName: 'Byron', notes: null, phone: '', metadata: { a: 1 } });
    expect(changed.status).toBe(200);
    const { notes: _notes, phone: _phone, ...kept } = WHOLE;
    expect(changed.body).toEqual({
      ...kept,
      id: created.id,
      livemode: true,
      lastName: 'Byron',
      metadata: { a: '1' },
      createdAt: created['createdAt'],
      updatedAt: expect.any(String),
    });
    expect((await mine.call(`/${created.id}`)).body).toEqual(changed.body);

    const deleted = await mine.call(`/${created.id}`, 'DELETE');
    expect([deleted.status, deleted.body]).toEqual([204, {}]);
    expectRefusal(await mine.call(`/${created.id}`), 404, 'client_not_found');
    expectRefusal(await mine.call(`/${created.id}`, 'PUT', { notes: 'x' }), 404, 'client_not_found');
    expectRefusal(await mine.call(`/${created.id}`, 'DELETE'), 404, 'client_not_found');
    expect(await mine.listed()).toEqual([]);
    expect(await mine.find('lovelace')).toEqual([]);
    // Address and externalId are free again.
    expect((await mine.create(WHOLE)).id).not.toBe(created.id);
  });

  it('needs an e-mail address only, and takes what is empty for absent', async () => {
    const empty = {
      firstName: '',
      lastName: null,
      billingAddress: [],
      shippingAddress: { city: '' },
      metadata: [],
      taxInfo: {},
      locale: null,
      currency: '',
    };
    const { id, livemode, createdAt, updatedAt, ...rest } = await api.create({ email: 'bare@example.com', ...empty });
    expect([id, livemode, createdAt]).toEqual([expect.any(String), true, updatedAt]);
    expect(rest).toEqual({ email: 'bare@example.com', metadata: {} });
  });

  it.each([
    [{ billingAddress: { country: 'de', address1: '' } }, { billingAddress: { country: 'DE' } }],
    [{ locale: 'de_DE' }, { locale: 'de-DE' }],
    [
      { taxInfo: { taxId: { plaintext: 'X1' }, taxCountry: 'pl' } },
      { taxInfo: { taxId: { plaintext: 'X1' }, taxIdType: 'vat', taxCountry: 'PL' } },
    ],
    [{ taxInfo: { taxId: { plaintext: '' }, taxCountry: 'PL', peppolRoutingAddress: null } }, { taxInfo: { taxCountry: 'PL' } }],
  ])('stores %j in one form', async (sent, stored) => {
    expect(await api.create({ email: `${newObjectId()}@example.com`, ...sent })).toMatchObject(stored);
  });

  it('keeps what a change does not mention, and replaces addresses, metadata and tax data as a whole', async () => {
    const { id } = await api.create({ ...WHOLE, email: 'whole@example.com', externalId: 'w1' });
    const steps: [object, object][] = [
      [{}, { ...WHOLE, email: 'whole@example.com', externalId: 'w1' }],
      [{ billingAddress: { city: 'Potsdam' } }, { billingAddress: { city: 'Potsdam' } }],
      [{ taxInfo: { taxCountry: 'FR' } }, { taxInfo: { taxCountry: 'FR' } }],
      [{ metadata: { b: 'c' } }, { metadata: { b: 'c' } }],
      [{ metadata: null }, { metadata: {} }],
      [{ billingAddress: null, taxInfo: null, externalId: null }, { shippingAddress: WHOLE.shippingAddress }],
      [{ email: 'moved@example.com' }, { email: 'moved@example.com' }],
    ];
    for (const [sent, expected] of steps) expect((await api.call(`/${id}`, 'PUT', sent)).body).toMatchObject(expected);
    const { body } = await api.call(`/${id}`);
    for (const field of ['billingAddress', 'taxInfo', 'externalId']) expect(body).not.toHaveProperty(field);
    expect(await api.listed('email=whole@example.com')).toEqual([]);
    expect(await api.listed('email=MOVED@example.com')).toEqual(['moved@example.com']);
  });

  it('changes nothing, not even the time, when a change says what is so already', async () => {
    const created = await api.create({ email: 'same@example.com', firstName: 'Same', metadata: { a: 'b' } });
    const again = await api.call(`/${created.id}`, 'PUT', { firstName: 'Same', lastName: null, metadata: { a: 'b' } });
    expect([again.status, again.body]).toEqual([200, created]);
    expect(await api.history(created.id)).toHaveLength(1);
  });
});

describe('e-mail address and externalId', () => {
  it('are taken once, by create and by change', async () => {
    await api.create({ email: 'taken@example.com', externalId: 't1' });
    const { id } = await api.create({ email: 'free@example.com' });
    for (const [method, path] of [
      ['POST', ''],
      ['PUT', `/${id}`],
    ] as const) {
      expectRefusal(await api.call(path, method, { email: 'TAKEN@Example.com' }), 409, 'already_exists', 'email');
      expectRefusal(await api.call(path, method, { email: 'third@example.com', externalId: 't1' }), 409, 'already_exists', 'externalId');
    }
    // A client may be given its own again.
    expect((await api.call(`/${id}`, 'PUT', { email: 'FREE@example.com' })).status).toBe(200);
  });

  it('go to one of those who ask at the same time', async () => {
    const asked = Array.from({ length: 6 }, (_, i) => api.call('', 'POST', { email: 'race@example.com', firstName: `R${i}` }));
    const answers = await Promise.all(asked);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
    expect(await api.listed('email=race@example.com')).toHaveLength(1);
  });

  it('survive changes of different fields at the same time', async () => {
    const { id } = await api.create({ email: 'both@example.com' });
    await Promise.all([
      api.call(`/${id}`, 'PUT', { firstName: 'Ada' }),
      api.call(`/${id}`, 'PUT', { lastName: 'Lovelace' }),
      api.call(`/${id}`, 'PUT', { company: 'Engines' }),
    ]);
    expect((await api.call(`/${id}`)).body).toMatchObject({ firstName: 'Ada', lastName: 'Lovelace', company: 'Engines' });
    expect(await api.history(id)).toHaveLength(4);
  });
});

describe('Idempotency-Key', () => {
  it('makes one client of a repeated request', async () => {
    const body = { email: 'once@example.com', firstName: 'Once' };
    const headers = { 'idempotency-key': 'client-1' };
    const first = await api.call('', 'POST', body, headers);
    const second = await api.call('', 'POST', body, headers);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect([first.headers.get('idempotent-replayed'), second.headers.get('idempotent-replayed')]).toEqual([null, 'true']);
    expectRefusal(await api.call('', 'POST', { ...body, firstName: 'Twice' }, headers), 422, 'idempotency_key_reused');
    expect(await api.listed('email=once@example.com')).toHaveLength(1);
  });
});

describe('the list', () => {
  let mine: ClientsApi;
  const days: string[] = [];

  beforeAll(async () => {
    mine = await ClientsApi.ofNewOrganization(stack);
    for (const [name, country] of [
      ['a', 'DE'],
      ['b', 'DE'],
      ['c', 'PL'],
      ['d', undefined],
    ] as const) {
      const client = await mine.create({ email: `${name}@example.com`, externalId: `x-${name}`, billingAddress: { country } });
      days.push(String(client['createdAt']));
    }
  });

  it.each([
    ['', ['d', 'c', 'b', 'a']],
    ['limit=2', ['d', 'c']],
    ['limit=2&page=2', ['b', 'a']],
    ['email=B@example.com', ['b']],
    ['email=nobody@example.com', []],
    ['externalId=x-c', ['c']],
    ['country=DE', ['b', 'a']],
    ['country=pl', ['c']],
    ['country=DE&email=c@example.com', []],
    ['email=&externalId=&country=&from=&to=', ['d', 'c', 'b', 'a']],
    ['from=2020-01-01&to=2020-12-31', []],
    ['from=2020-01-01&to=2100-12-31', ['d', 'c', 'b', 'a']],
  ])('?%s', async (query, names) => expect(await mine.listed(query)).toEqual(names.map((name) => `${name}@example.com`)));

  it('goes by the time of creation', async () => {
    expect(await mine.listed(`from=${days[1]}&to=${days[2]}`)).toEqual(['c@example.com', 'b@example.com']);
  });

  it('goes on by cursor', async () => {
    const first = await mine.call('?country=DE&limit=1');
    expect(first.body).toMatchObject({ total: 2, clients: [{ email: 'b@example.com' }] });
    const second = await mine.call(`?country=DE&limit=1&cursor=${first.body.nextCursor}`);
    expect(second.body.clients).toMatchObject([{ email: 'a@example.com' }]);
    expect(second.body).not.toHaveProperty('nextCursor');
  });
});

describe('another organization, and the other mode', () => {
  it('have clients of their own', async () => {
    const mine = await ClientsApi.ofNewOrganization(stack);
    const strangers = [await ClientsApi.ofNewOrganization(stack), await ClientsApi.open(stack, mine.scope.organizationId, false)];
    const { id } = await mine.create({ email: 'mine@example.com', lastName: 'Mineson', externalId: 'm1' });
    for (const stranger of strangers) {
      expectRefusal(await stranger.call(`/${id}`), 404, 'client_not_found');
      expectRefusal(await stranger.call(`/${id}`, 'PUT', { lastName: 'Stolen' }), 404, 'client_not_found');
      expectRefusal(await stranger.call(`/${id}`, 'DELETE'), 404, 'client_not_found');
      expectRefusal(await stranger.call(`/${id}/history`), 404, 'client_not_found');
      expect(await stranger.listed()).toEqual([]);
      expect(await stranger.listed('email=mine@example.com')).toEqual([]);
      expect(await stranger.listed('externalId=m1')).toEqual([]);
      expect(await stranger.find('mineson')).toEqual([]);
      // The same address is free there.
      expect(await stranger.create({ email: 'mine@example.com', externalId: 'm1' })).toMatchObject({ livemode: stranger.scope.livemode });
    }
    expect((await mine.call(`/${id}`)).body).toMatchObject({ lastName: 'Mineson', livemode: true });
    expect(await mine.history(id)).toHaveLength(1);
  });

  it.each([
    ['client:read', [200, 403, 200, 403, 403, 403, 403]],
    ['client:execute', [403, 200, 403, 403, 403, 403, 200]],
    ['client:create', [403, 403, 403, 201, 403, 403, 403]],
    ['checkout:read', [403, 403, 403, 403, 403, 403, 403]],
  ])('a key with %s may do what the scope says', async (scope, statuses) => {
    const { id } = await api.create({ email: `${newObjectId()}@example.com` });
    const narrow = await ClientsApi.open(stack, api.scope.organizationId, true, [scope]);
    const calls: [string, string?, object?][] = [
      [''],
      ['/search?q=ada'],
      [`/${id}`],
      ['', 'POST', { email: `${newObjectId()}@example.com` }],
      [`/${id}`, 'PUT', { notes: 'x' }],
      [`/${id}`, 'DELETE'],
      [`/${id}/history`],
    ];
    const answers = [];
    for (const [path, method, body] of calls) answers.push((await narrow.call(path, method, body)).status);
    expect(answers).toEqual(statuses);
  });
});
