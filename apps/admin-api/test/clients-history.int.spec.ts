import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import type { AuditEntryRow } from '../src/audit-trail/audit-entry.schema.js';
import { AdminStack } from './fixture/admin-stack.js';
import { ClientsApi } from './fixture/clients-api.js';

let stack: AdminStack;
let api: ClientsApi;

beforeAll(async () => {
  stack = await AdminStack.start();
  api = await ClientsApi.ofNewOrganization(stack);
}, 60_000);
afterAll(async () => stack.stop());

describe('the history of a client', () => {
  it('tells every change of each field with its values, newest first', async () => {
    const { id } = await api.create({
      email: 'ada@example.com',
      billingAddress: { city: 'Berlin', country: 'DE' },
      metadata: { token: 'abc' },
    });
    await api.call(`/${id}`, 'PUT', { billingAddress: { city: 'Potsdam', country: 'DE' }, firstName: 'Ada' }, { 'x-request-id': 'req-7' });
    await api.call(`/${id}`, 'PUT', { firstName: null, notes: 'n'.repeat(5000), taxInfo: { taxId: { plaintext: 'DE1' } } });
    await api.call(`/${id}`, 'DELETE');

    const [deleted, second, first, created] = await api.history(id);
    expect(created?.changes).toEqual([
      { field: 'billingAddress.city', after: 'Berlin' },
      { field: 'billingAddress.country', after: 'DE' },
      { field: 'email', after: 'ada@example.com' },
      { field: 'metadata.token', after: 'abc' },
    ]);
    expect(first).toMatchObject({
      action: 'updated',
      actor: expect.stringMatching(/^api_key:[0-9a-f]{24}$/),
      actorName: 'Shop backend',
      requestId: 'req-7',
    });
    expect(first?.changes).toEqual([
      { field: 'billingAddress.city', before: 'Berlin', after: 'Potsdam' },
      { field: 'firstName', after: 'Ada' },
    ]);
    expect(second?.changes).toEqual([
      { field: 'firstName', before: 'Ada' },
      { field: 'notes', after: 'n'.repeat(5000) },
      { field: 'taxInfo.taxId', after: 'DE1' },
      { field: 'taxInfo.taxIdType', after: 'vat' },
    ]);
    expect(deleted).toMatchObject({ action: 'deleted' });
    expect(deleted?.changes).toContainEqual({ field: 'email', before: 'ada@example.com' });
    const times = [created, first, second, deleted].map((entry) => Date.parse(entry?.at ?? ''));
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it('comes in pages', async () => {
    const { id } = await api.create({ email: 'pages@example.com' });
    for (const firstName of ['A', 'B', 'C']) await api.call(`/${id}`, 'PUT', { firstName });
    const first = await api.call(`/${id}/history?limit=3`);
    expect(first.body).toMatchObject({ total: 4, limit: 3 });
    expect(first.body.history.map(({ changes }) => changes[0]?.after)).toEqual(['C', 'B', 'A']);
    const rest = await api.call(`/${id}/history?limit=3&cursor=${first.body.nextCursor}`);
    expect(rest.body.history.map(({ action }) => action)).toEqual(['created']);
    expect((await api.call(`/${id}/history?page=9`)).body).toMatchObject({ history: [], total: 4 });
  });

  it('has no entry of what was refused', async () => {
    const { id } = await api.create({ email: 'kept@example.com' });
    await api.create({ email: 'other@example.com' });
    expect((await api.call(`/${id}`, 'PUT', { email: 'other@example.com' })).status).toBe(409);
    expect(await api.history(id)).toHaveLength(1);
  });
});

describe('the audit log', () => {
  it('tells that personal values changed, and not to what', async () => {
    const mine = await ClientsApi.ofNewOrganization(stack);
    const personal = {
      email: 'secret-ada@example.com',
      firstName: 'Secretada',
      lastName: 'Secretlove',
      company: 'Secretengines',
      phone: 'Secretphone',
      billingAddress: { city: 'Secretberlin', address1: 'Secretstreet' },
      shippingAddress: { city: 'Secretpotsdam' },
      notes: 'Secretnote',
      metadata: { a: 'Secretmeta' },
      taxInfo: { taxId: { plaintext: 'SECRETTAX' }, peppolRoutingAddress: { schemeId: '9930', value: { plaintext: 'SECRETPEPPOL' } } },
    };
    const { id } = await mine.create({ ...personal, currency: 'EUR' });
    await mine.call(`/${id}`, 'PUT', { lastName: 'Secretbyron', currency: 'PLN' });
    await mine.call(`/${id}`, 'DELETE');

    const connection = stack.app.get<Connection>(getConnectionToken());
    const entries = await connection
      .collection<AuditEntryRow>('audit_entries')
      .find({ chain: mine.scope.organizationId })
      .sort({ sequence: 1 })
      .toArray();
    const ours = entries.filter(({ resource }) => resource.id === id);
    expect(ours.map(({ action }) => action)).toEqual(['client.created', 'client.updated', 'client.deleted']);
    expect(ours[1]?.changes).toEqual([
      { field: 'currency', before: 'EUR', after: 'PLN' },
      { field: 'lastName', before: '•••', after: '•••' },
    ]);
    expect(JSON.stringify(ours)).not.toMatch(/secret/i);
    expect(ours[0]?.changes.map(({ field }) => field)).toEqual(
      expect.arrayContaining([
        'email',
        'firstName',
        'lastName',
        'company',
        'phone',
        'billingAddress.city',
        'shippingAddress.city',
        'notes',
        'metadata.a',
        'taxInfo.taxId',
        'taxInfo.peppolRoutingAddress.value',
      ]),
    );
  });
});
