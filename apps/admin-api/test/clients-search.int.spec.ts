import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getConnectionToken } from '@nestjs/mongoose';
import { loadConfig, startService } from '@paygate/nest-kit';
import type { Connection } from 'mongoose';
import { AdminConfig } from '../src/admin-config.js';
import { createAdminApi } from '../src/create-admin-api.js';
import { AdminStack } from './fixture/admin-stack.js';
import { ClientsApi } from './fixture/clients-api.js';

let stack: AdminStack;
beforeAll(async () => {
  stack = await AdminStack.start();
}, 60_000);
afterAll(async () => stack.stop());

describe('search', () => {
  let api: ClientsApi;
  const PEOPLE = [
    { email: 'hans@example.com', firstName: 'Hans', lastName: 'Müller' },
    { email: 'magda@example.com', firstName: 'Magda', lastName: 'Łódź' },
    { email: 'anders@example.com', firstName: 'Anders', lastName: 'Ångström' },
    { email: 'straub@example.com', firstName: 'Eva', lastName: 'Straße' },
    { email: 'sales@kowalski.example', company: 'Żółw & Synowie Sp. z o.o.', externalId: 'C-4711' },
    { email: 'sean.obrien@irish.example', firstName: 'Seán', lastName: "O'Brien", phone: '+353 1 234 5678' },
    { email: 'li@example.cn', firstName: '明', lastName: '李' },
    { email: 'an@example.com', firstName: 'An', lastName: 'Li', taxInfo: { taxId: { plaintext: 'DE 123-456' } } },
    { email: 'mueller@example.com', firstName: 'Hanna', lastName: 'Mueller' },
  ];

  beforeAll(async () => {
    api = await ClientsApi.ofNewOrganization(stack);
    for (const person of PEOPLE) await api.create(person);
  });

  it.each([
    ['Müller', ['mueller@example.com', 'hans@example.com']],
    ['Mu\u0308ller', ['mueller@example.com', 'hans@example.com']],
    ['MULLER', ['hans@example.com']],
    ['mueller', ['mueller@example.com', 'hans@example.com']],
    ['mül', ['mueller@example.com', 'hans@example.com']],
    ['mul', ['hans@example.com']],
    ['mull hans', ['hans@example.com']],
    ['hans müller', ['hans@example.com']],
    ['Müller, H.', ['mueller@example.com', 'hans@example.com']],
    ['lodz', ['magda@example.com']],
    ['Łódź', ['magda@example.com']],
    ['łod', ['magda@example.com']],
    ['angstrom', ['anders@example.com']],
    ['Ångström', ['anders@example.com']],
    ['aangstroem', ['anders@example.com']],
    ['strasse', ['straub@example.com']],
    ['STRAẞE', ['straub@example.com']],
    ['zolw syn', ['sales@kowalski.example']],
    ['kowalski', ['sales@kowalski.example']],
    ['sales@kowalski.example', ['sales@kowalski.example']],
    ['sales@kow', ['sales@kowalski.example']],
    ['c-4711', ['sales@kowalski.example']],
    ["o'brien", ['sean.obrien@irish.example']],
    ['obrien', ['sean.obrien@irish.example']],
    ['brien sean', ['sean.obrien@irish.example']],
    ['+353 1 234', ['sean.obrien@irish.example']],
    ['3531234', ['sean.obrien@irish.example']],
    ['李', ['li@example.cn']],
    ['DE123456', ['an@example.com']],
    ['müller magda', []],
    ['uller', []],
    ['nobody', []],
  ])('%s', async (text, found) => expect(await api.find(text)).toEqual(found));

  it('puts whole words before beginnings, and bounds what it shows', async () => {
    expect(await api.find('an')).toEqual(['an@example.com', 'anders@example.com']);
    expect(await api.find('an', 1)).toEqual(['an@example.com']);
    expect((await api.call('/search?q=an&limit=1')).body).toMatchObject({ hasMore: true, limit: 1 });
    expect((await api.call('/search?q=an&limit=2')).body).toMatchObject({ hasMore: false, limit: 2 });
  });

  it('follows a change at once', async () => {
    const { id } = await api.create({ email: 'change@example.com', lastName: 'Oldname' });
    await api.call(`/${id}`, 'PUT', { lastName: 'Newname' });
    expect([await api.find('oldname'), await api.find('newname')]).toEqual([[], ['change@example.com']]);
  });
});

describe('at rest', () => {
  const PLAIN = ['zylinder', 'quastenflosser', 'xanthippe', 'wolkenkuckuck', 'jojobablatt', 'yperitwolke', '99887766', 'krautundrueben'];

  it('nothing personal is readable in any collection, also after change and deletion', async () => {
    const api = await ClientsApi.ofNewOrganization(stack);
    const body = {
      email: 'zylinder@quastenflosser.example',
      firstName: 'Xanthippe',
      company: 'Wolkenkuckuck',
      billingAddress: { address1: 'Jojobablatt 1', country: 'DE' },
      notes: 'Yperitwolke',
      phone: '99887766',
      metadata: { hint: 'krautundrueben' },
      taxInfo: { taxId: { plaintext: 'DE99887766' }, peppolRoutingAddress: { schemeId: '9930', value: { plaintext: 'DE99887766' } } },
    };
    const kept = await api.call('', 'POST', body, { 'idempotency-key': 'at-rest' });
    const gone = await api.create({ ...body, email: 'zylinder2@quastenflosser.example' });
    await api.call(`/${kept.body.id}`, 'PUT', { lastName: 'Zylinder', notes: 'Yperitwolke 2' });
    await api.call(`/${gone.id}`, 'DELETE');

    const connection = stack.app.get<Connection>(getConnectionToken());
    const collections = await connection.listCollections();
    const contents: Record<string, number> = {};
    for (const { name } of collections) {
      const documents = await connection.collection(name).find({}).toArray();
      contents[name] = documents.length;
      const text = JSON.stringify(documents).toLowerCase();
      for (const word of PLAIN) expect([name, text.includes(word)]).toEqual([name, false]);
    }
    expect(contents).toMatchObject({
      clients: expect.any(Number),
      deleted_clients: 1,
      client_changes: expect.any(Number),
      audit_entries: expect.any(Number),
    });
    const left = await connection.collection('deleted_clients').findOne({});
    for (const field of ['tokens', 'emailHashes']) expect(left).not.toHaveProperty(field);
  });

  it('a value copied to another client cannot be read there', async () => {
    const api = await ClientsApi.ofNewOrganization(stack);
    const [from, to] = [await api.create({ email: 'a@example.com', notes: 'x' }), await api.create({ email: 'b@example.com', notes: 'y' })];
    const clients = stack.app.get<Connection>(getConnectionToken()).collection<{ _id: string; sealed: { notes: string } }>('clients');
    const source = await clients.findOne({ _id: from.id });
    await clients.updateOne({ _id: to.id }, { $set: { 'sealed.notes': source?.sealed.notes } });
    expect((await api.call(`/${to.id}`)).status).toBe(500);
    expect((await api.call(`/${from.id}`)).body).toMatchObject({ notes: 'x' });
  });
});

describe('a new encryption key', () => {
  it('reads, finds and keeps unique what the older one wrote', async () => {
    const api = await ClientsApi.ofNewOrganization(stack);
    const old = await api.create({ email: 'old@example.com', lastName: 'Müller', externalId: 'o1' });

    const ring = `k2:${randomBytes(32).toString('base64')},${stack.environment['SYSTEM_ENCRYPTION_KEY'] ?? ''}`;
    const app = await createAdminApi(loadConfig(AdminConfig, { ...stack.environment, SYSTEM_ENCRYPTION_KEY: ring }));
    await startService(app);
    try {
      const rotated = api.through(await app.getUrl());
      expect((await rotated.call(`/${old.id}`)).body).toEqual(old);
      expect(await rotated.find('mueller')).toEqual(['old@example.com']);
      expect(await rotated.listed('email=OLD@example.com')).toEqual(['old@example.com']);
      expect((await rotated.call('', 'POST', { email: 'old@example.com' })).status).toBe(409);
      await rotated.create({ email: 'new@example.com', lastName: 'Müller' });
      expect(await rotated.find('muller')).toEqual(['new@example.com', 'old@example.com']);
      // An instance that still writes with the older key cannot take the address either.
      expect((await api.call('', 'POST', { email: 'new@example.com' })).status).toBe(409);

      await rotated.call(`/${old.id}`, 'PUT', { firstName: 'Re' });
      const row = await app
        .get<Connection>(getConnectionToken())
        .collection<{ _id: string; sealed: object }>('clients')
        .findOne({ _id: old.id });
      for (const ciphertext of Object.values(row?.sealed ?? {})) expect(ciphertext).toMatch(/^v1\.k2\./);
      expect(await rotated.find('re müll')).toEqual(['old@example.com']);
      expect((await rotated.history(old.id)).map(({ action }) => action)).toEqual(['updated', 'created']);
    } finally {
      await app.close();
    }
  }, 60_000);
});
