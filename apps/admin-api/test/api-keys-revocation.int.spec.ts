import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { TenantScope } from '@paygate/kernel';
import { Broadcasts } from '@paygate/messaging-kit';
import { loadConfig, startService } from '@paygate/nest-kit';
import { AdminConfig } from '../src/admin-config.js';
import { createAdminApi } from '../src/create-admin-api.js';
import { AdminStack } from './fixture/admin-stack.js';
import type { Answer } from './fixture/admin-stack.js';
import { KeyDesk } from './fixture/key-desk.js';

/** One instance takes rights away, another one is asked all the time: how long until it says no. */
let stack: AdminStack;
let desk: KeyDesk;
let second: NestFastifyApplication;

beforeAll(async () => {
  stack = await AdminStack.start();
  const { organizationId } = await stack.newMerchant();
  const { apiKey } = await stack.newKey(TenantScope.of(organizationId, true), { scopes: ['*'] });
  desk = new KeyDesk(stack, `/api/v1/organizations/${organizationId}/api-keys`, apiKey);
  second = await createAdminApi(loadConfig(AdminConfig, stack.environment));
  await startService(second);
}, 60_000);
afterAll(async () => {
  await second.close();
  await stack.stop();
});

const ROUNDS = 10;
const LONGEST_MS = 1_000;

/** The status the second instance answers with. */
async function askSecond(apiKey: string): Promise<number> {
  const answer = await fetch(`${await second.getUrl()}/api/v1/scopes`, { headers: { authorization: `Bearer ${apiKey}` } });
  await answer.arrayBuffer();
  return answer.status;
}

/** Milliseconds from the answer of the first instance to the first refusal of the second. */
async function latencyOf(takeAway: (id: string) => Promise<Answer>): Promise<number> {
  const { id, apiKey } = await desk.made();
  // Remembered by the second instance.
  expect([await askSecond(apiKey), await askSecond(apiKey)]).toEqual([200, 200]);
  expect((await takeAway(id)).status).toBeLessThan(300);
  const answered = performance.now();
  while ((await askSecond(apiKey)) === 200) {
    if (performance.now() - answered > 3 * LONGEST_MS) throw new Error('the key is still good');
  }
  return performance.now() - answered;
}

async function latencies(takeAway: (id: string) => Promise<Answer>): Promise<{ median: number; longest: number }> {
  const measured: number[] = [];
  for (let round = 0; round < ROUNDS; round++) measured.push(await latencyOf(takeAway));
  measured.sort((a, b) => a - b);
  return { median: measured[ROUNDS / 2] ?? Number.NaN, longest: measured.at(-1) ?? Number.NaN };
}

function report(what: string, { median, longest }: { median: number; longest: number }): void {
  process.stdout.write(
    `${what}: refused by another instance after ${median.toFixed(1)} ms (median), ${longest.toFixed(1)} ms (longest of ${ROUNDS})\n`,
  );
}

describe('on another instance', () => {
  it.each<[string, (id: string) => Promise<Answer>]>([
    ['a revoked key', (id) => desk.revoke(id)],
    ['a deleted key', (id) => desk.delete(id)],
    ['the old secret of a rotated key', (id) => desk.rotate(id)],
    ['a key whose addresses were changed', (id) => desk.update(id, { ipAllowlist: ['203.0.113.1'] })],
  ])('%s is refused within a second', async (what, takeAway) => {
    const measured = await latencies(takeAway);
    report(what, measured);
    expect(measured.longest).toBeLessThan(LONGEST_MS);
    // Well before the memory would run out by itself: the hint arrived.
    expect(measured.median).toBeLessThan(250);
  });
});

describe('on an instance that no hint reaches', () => {
  beforeAll(() => second.get(Broadcasts, { strict: false }).onModuleDestroy());

  it('a revoked key is refused within a second all the same', async () => {
    const measured = await latencies((id) => desk.revoke(id));
    report('a revoked key, hint lost', measured);
    expect(measured.longest).toBeLessThan(LONGEST_MS);
    // Otherwise it was not the memory that ran out, and this shows nothing.
    expect(measured.longest).toBeGreaterThan(100);
  });
});
