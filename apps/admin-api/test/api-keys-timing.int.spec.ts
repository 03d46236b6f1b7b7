import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ApiKeysRepository, KeySecrets, readKey } from '../src/api-keys/index.js';
import type { ApiKey, KeyParts } from '../src/api-keys/index.js';
import { AuthenticateApiKey } from '../src/guards/authenticate-api-key.js';
import { AdminStack } from './fixture/admin-stack.js';
import { service } from './fixture/backstage.js';
import { medianTimes } from './fixture/timing.js';

/** Skipping one of the two comparisons would make an answer a third to a half faster. */
const TOLERANCE = 1.25;
const MOST_TRIES = 4;

let stack: AdminStack;
let known: KeyParts;
let stored: ApiKey;

beforeAll(async () => {
  stack = await AdminStack.start();
  const { apiKey } = await stack.newMerchant();
  known = partsOf(apiKey);
  const found = await service(stack, ApiKeysRepository).findForAuthentication(known.keyId);
  if (!found) throw new Error('the key was not stored');
  stored = found;
}, 60_000);
afterAll(async () => stack.stop());

function partsOf(apiKey: string): KeyParts {
  const parts = readKey(apiKey);
  if (!parts) throw new Error('not a key');
  return parts;
}

const wrong = (): KeyParts => ({ ...known, secret: known.secret.split('').reverse().join('') });
const unknown = (): KeyParts => ({ ...wrong(), keyId: known.keyId.split('').reverse().join('') });

function report(what: string, times: Record<string, number>): void {
  const told = Object.entries(times).map(([name, time]) => `${name} ${time.toFixed(1)} µs`);
  process.stdout.write(`${what}: ${told.join(', ')} (medians)\n`);
}

/** A true difference shows in every measurement, a disturbance of the machine in one. */
async function evenOnce(what: string, works: Readonly<Record<string, () => unknown>>): Promise<number> {
  let least = Infinity;
  for (let tries = 0; tries < MOST_TRIES && least >= TOLERANCE; tries++) {
    const times = await medianTimes(works);
    report(what, times);
    least = Math.min(least, spread(times));
  }
  return least;
}

function spread(times: Record<string, number>): number {
  return Math.max(...Object.values(times)) / Math.min(...Object.values(times));
}

it('comparing a secret takes as long whether there is such a key or not', async () => {
  const secrets = service(stack, KeySecrets);
  const now = new Date();
  const [bad, missing] = [wrong(), unknown()];
  const rotated = { ...stored, previousSecret: { hash: stored.secretHash, validUntil: new Date(now.getTime() + 60_000) } };
  const least = await evenOnce('comparison', {
    'unknown key': () => secrets.matches(missing, undefined, now),
    'wrong secret': () => secrets.matches(bad, stored, now),
    'wrong secret of a rotated key': () => secrets.matches(bad, rotated, now),
    'wrong environment': () => secrets.matches({ ...known, environment: 'live' }, stored, now),
    'right secret': () => secrets.matches(known, stored, now),
  });
  expect(least).toBeLessThan(TOLERANCE);
});

it('refusing a key takes as long whether there is such a key or not', async () => {
  const authenticate = service(stack, AuthenticateApiKey);
  const refused = async (parts: KeyParts): Promise<void> => {
    await expectInvalid(authenticate.execute(parts, '127.0.0.1'));
  };
  const [bad, missing] = [wrong(), unknown()];
  const least = await evenOnce('authentication', { 'unknown key': () => refused(missing), 'wrong secret': () => refused(bad) });
  expect(least).toBeLessThan(TOLERANCE);
});

async function expectInvalid(attempt: Promise<unknown>): Promise<void> {
  const code = await attempt.then(
    () => 'let in',
    (error: unknown) => (error as { code?: string }).code,
  );
  if (code !== 'api_key_invalid') throw new Error(`the answer was ${String(code)}`);
}
