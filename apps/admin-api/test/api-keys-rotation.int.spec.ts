import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newObjectId, TenantScope } from '@paygate/kernel';
import { AdminStack } from './fixture/admin-stack.js';
import { rewrite } from './fixture/backstage.js';
import { expectRefusal } from './fixture/expect-refusal.js';
import { issued, KeyDesk } from './fixture/key-desk.js';

let stack: AdminStack;
let desk: KeyDesk;

beforeAll(async () => {
  stack = await AdminStack.start();
  const { organizationId } = await stack.newMerchant();
  const { apiKey } = await stack.newKey(TenantScope.of(organizationId, true), { scopes: ['*'] });
  desk = new KeyDesk(stack, `/api/v1/organizations/${organizationId}/api-keys`, apiKey);
}, 60_000);
afterAll(async () => stack.stop());

const MINUTE = 60_000;

/** What the service says to each of the keys. */
async function tryAll(...keys: { apiKey: string }[]): Promise<(number | string)[]> {
  const said: (number | string)[] = [];
  for (const { apiKey } of keys) said.push(await desk.tried(apiKey));
  return said;
}

describe('rotating a key', () => {
  it.each<[string, object | undefined]>([
    ['without a body', undefined],
    ['with an empty one', {}],
    ['with a grace period of nothing', { gracePeriodMinutes: 0 }],
  ])('%s ends the old secret at once', async (_name, body) => {
    const old = await desk.made();
    expect(await tryAll(old)).toEqual([200]);
    const renewed = issued(await desk.rotate(old.id, { ...body }));
    expect(await tryAll(old, renewed)).toEqual(['api_key_invalid', 200]);
    // Everything but the secret stays.
    for (const field of ['id', 'keyId', 'prefix', 'name', 'scopes', 'createdAt'] as const) expect(renewed[field]).toEqual(old[field]);
    expect(renewed.prefix).toBe(old.apiKey.split('.')[0]);
  });

  it('with a grace period keeps the old secret until its end', async () => {
    const old = await desk.made();
    const renewed = issued(await desk.rotate(old.id, { gracePeriodMinutes: 60 }));
    const until = Date.parse(renewed.previousSecretValidUntil ?? '');
    expect(Math.abs(until - Date.now() - 60 * MINUTE)).toBeLessThan(MINUTE);
    expect(await tryAll(old, renewed)).toEqual([200, 200]);
    await rewrite(stack, 'api_keys', { _id: old.id }, { $set: { 'previousSecret.validUntil': new Date() } });
    desk.forget();
    expect(await tryAll(old, renewed)).toEqual(['api_key_invalid', 200]);
    expect(issued(await desk.get(old.id)).previousSecretValidUntil).toBeUndefined();
  });

  it('again ends the secret before the last one, whatever its grace period', async () => {
    const first = await desk.made();
    const second = issued(await desk.rotate(first.id, { gracePeriodMinutes: 10_080 }));
    const third = issued(await desk.rotate(first.id, { gracePeriodMinutes: 1 }));
    expect(await tryAll(first, second, third)).toEqual(['api_key_invalid', 200, 200]);
    const fourth = issued(await desk.rotate(first.id));
    expect(await tryAll(first, second, third, fourth)).toEqual(['api_key_invalid', 'api_key_invalid', 'api_key_invalid', 200]);
  });

  it('does not take the secret of one key with the id of another', async () => {
    const [one, other] = [await desk.made(), await desk.made()];
    const crossed = { apiKey: `${one.prefix}${other.apiKey.slice(other.apiKey.indexOf('.'))}` };
    expect(await tryAll(crossed)).toEqual(['api_key_invalid']);
  });

  it.each<[string, unknown]>([
    ['less than nothing', -1],
    ['more than a week', 10_081],
    ['a part of a minute', 0.5],
    ['text', '60'],
    ['an operator', { $gt: 0 }],
    ['a list', [60]],
  ])('refuses a grace period of %s', async (_name, gracePeriodMinutes) => {
    const key = await desk.made();
    expectRefusal(await desk.rotate(key.id, { gracePeriodMinutes }), 400, 'validation_failed', 'gracePeriodMinutes');
    expect(await tryAll(key)).toEqual([200]);
  });

  it('with an Idempotency-Key happens once', async () => {
    const old = await desk.made();
    const headers = { 'idempotency-key': newObjectId() };
    const [first, again] = [await desk.rotate(old.id, {}, { headers }), await desk.rotate(old.id, {}, { headers })];
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(await tryAll(issued(first))).toEqual([200]);
    expectRefusal(await desk.rotate(old.id, { gracePeriodMinutes: 5 }, { headers }), 422, 'idempotency_key_reused');
    expectRefusal(await desk.rotate((await desk.made()).id, {}, { headers }), 422, 'idempotency_key_reused');
  });
});

describe('many at once', () => {
  it('rotating a key leave one secret that works', async () => {
    const old = await desk.made();
    const answers = await Promise.all(Array.from({ length: 6 }, () => desk.rotate(old.id)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 200));
    const keys = answers.map(issued);
    expect(new Set(keys.map(({ apiKey }) => apiKey)).size).toBe(6);
    const said = await tryAll(old, ...keys);
    expect(said.filter((one) => one === 200)).toHaveLength(1);
    expect(said.filter((one) => one === 'api_key_invalid')).toHaveLength(6);
    // The one that works is the answer of the last change.
    const { updatedAt } = issued(await desk.get(old.id));
    expect(keys[said.indexOf(200) - 1]?.updatedAt).toBe(updatedAt);
  });

  it('with the same Idempotency-Key rotate once', async () => {
    const old = await desk.made();
    const headers = { 'idempotency-key': newObjectId() };
    const answers = await Promise.all(Array.from({ length: 4 }, () => desk.rotate(old.id, {}, { headers })));
    expect(new Set(answers.map((answer) => issued(answer).apiKey)).size).toBe(1);
    expect(await tryAll(old, ...answers.slice(0, 1).map(issued))).toEqual(['api_key_invalid', 200]);
  });

  it('rotating and revoking a key leave it revoked', async () => {
    const old = await desk.made();
    const [rotated, revoked] = await Promise.all([desk.rotate(old.id, { gracePeriodMinutes: 60 }), desk.revoke(old.id)]);
    expect(revoked.status).toBe(200);
    expect([200, 409]).toContain(rotated.status);
    expect(issued(await desk.get(old.id)).status).toBe('revoked');
    expect(await desk.tried(old.apiKey)).toBe('api_key_revoked');
  });
});
