import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { getModelToken } from '@nestjs/mongoose';
import { Transactions } from '@paygate/data-kit';
import { newObjectId } from '@paygate/kernel';
import { checkVatId, vatIdRechecked } from '@paygate/messages';
import type { VatIdCheck } from '@paygate/messages';
import type { TaxSettings } from '@paygate/tax';
import type { Model } from 'mongoose';
import { RecheckVatIds, VatIdRechecksRepository } from '../src/vat-ids/index.js';
import { ViesFake } from './fakes/vies/vies-fake.js';
import { configureTax as configureTaxOf } from './support/configure-tax.js';
import { MainStack } from './support/main-stack.js';
import type { Merchant } from './support/main-stack.js';

const HOUR_MS = 3_600_000;
const AUSTRIAN = 'ATU13585627';
const SHOP = 'https://shop.example.test';

let stack: MainStack;
let vies: ViesFake;
let merchant: Merchant;

beforeAll(async () => {
  vies = await ViesFake.start();
  stack = await MainStack.start({ VIES_URL: vies.url, VIES_TIMEOUT_MS: '5000' });
}, 60_000);
afterAll(async () => {
  await stack.stop();
  await vies.stop();
});
beforeEach(async () => {
  // What the service did in another test is over: a state that did not answer is asked again after a minute.
  stack.clock.advance(2 * 60_000);
  vies.forget();
  merchant = await stack.newMerchant();
  vies.knows(AUSTRIAN, { name: 'Muster GmbH', address: 'Ring 1\n1010 Wien' });
});

const configureTax = (changes?: Partial<TaxSettings>): Promise<void> => configureTaxOf(stack, merchant, changes);

async function check(
  vatId: string,
  more: { countryCode?: string; fresh?: boolean; validation?: 'none' | 'format' | 'vies' } = {},
): Promise<VatIdCheck> {
  const { organizationId } = merchant;
  return stack.rpc.request(checkVatId, { organizationId, livemode: false, vatId, ...more });
}

describe('a VAT id', () => {
  it('is asked about once a day, and the answer is kept as evidence', async () => {
    await configureTax();
    const first = await check('at u-1358 5627');
    expect(first).toEqual({
      vatId: AUSTRIAN,
      countryCode: 'AT',
      status: 'valid',
      companyName: 'Muster GmbH',
      address: 'Ring 1\n1010 Wien',
      consultationNumber: expect.stringMatching(/^WAPI/),
      checkedAt: stack.clock.now().toISOString(),
    });
    stack.clock.advance(23 * HOUR_MS);
    expect(await check(AUSTRIAN)).toEqual(first);
    expect(vies.timesAsked(AUSTRIAN)).toBe(1);
    stack.clock.advance(2 * HOUR_MS);
    const second = await check(AUSTRIAN);
    expect(second.consultationNumber).not.toBe(first.consultationNumber);
    expect(vies.timesAsked(AUSTRIAN)).toBe(2);
    expect(await check(AUSTRIAN, { fresh: true })).toMatchObject({ status: 'valid' });
    expect(vies.timesAsked(AUSTRIAN)).toBe(3);
    const kept = await stack.database.collection('vat_id_checks').find({ organizationId: merchant.organizationId }).toArray();
    expect(kept).toHaveLength(3);
    expect(
      kept.every(({ status, requester, forgetAt }) => status === 'valid' && requester === 'DE136695976' && forgetAt === undefined),
    ).toBe(true);
  });

  it('that is not registered is asked about again after an hour', async () => {
    await configureTax();
    const answer = { vatId: 'DE129273398', countryCode: 'DE', status: 'invalid', reason: 'NOT_REGISTERED', checkedAt: expect.any(String) };
    expect(await check('DE129273398')).toEqual(answer);
    stack.clock.advance(HOUR_MS / 2);
    expect(await check('DE129273398')).toEqual(answer);
    expect(vies.timesAsked('DE129273398')).toBe(1);
    stack.clock.advance(HOUR_MS);
    vies.says('DE129273398', 'VALID');
    expect(await check('DE129273398')).toMatchObject({ status: 'valid' });
  });

  it('is one question however many ask at the same time', async () => {
    await configureTax();
    const answers = await Promise.all(Array.from({ length: 8 }, () => check(AUSTRIAN)));
    expect(new Set(answers.map(({ consultationNumber }) => consultationNumber)).size).toBe(1);
    expect(vies.timesAsked(AUSTRIAN)).toBe(1);
  });

  it('of Greece has its own prefix, a missing one is added', async () => {
    await configureTax();
    vies.knows('EL094259216');
    const greek = { vatId: 'EL094259216', countryCode: 'GR', status: 'valid' };
    expect(await check('GR 094259216')).toMatchObject(greek);
    expect(await check('094259216', { countryCode: 'GR' })).toMatchObject(greek);
    expect(vies.questions).toEqual([
      { countryCode: 'EL', vatNumber: '094259216', requesterMemberStateCode: 'DE', requesterNumber: '136695976' },
    ]);
  });

  it('whose check digits are wrong may be real all the same: the service knows', async () => {
    await configureTax();
    vies.knows('NL123456789B12');
    vies.knows('DE129273399');
    expect(await check('NL123456789B12')).toMatchObject({ status: 'valid' });
    expect(await check('DE129273399')).toMatchObject({ status: 'valid' });
    vies.says('NL123456789B14', 'MS_UNAVAILABLE');
    vies.says('DE129273397', 'MS_UNAVAILABLE');
    expect(await check('NL123456789B14')).toEqual({
      vatId: 'NL123456789B14',
      countryCode: 'NL',
      status: 'unavailable',
      reason: 'MS_UNAVAILABLE',
    });
    expect(await check('DE129273397')).toEqual({ vatId: 'DE129273397', countryCode: 'DE', status: 'invalid', reason: 'CHECK_DIGITS' });
  });

  it.each<[string, Partial<TaxSettings> | undefined, string, object, object]>([
    ['without tax settings', undefined, AUSTRIAN, {}, { status: 'format' }],
    ['without VIES', { vies: { enabled: false, fallback: 'charge_vat', recentDays: 30 } }, AUSTRIAN, {}, { status: 'format' }],
    ['by wish', undefined, AUSTRIAN, { validation: 'vies' }, { status: 'valid' }],
    ['not at all', undefined, 'whatever 1', { validation: 'none' }, { status: 'format', vatId: 'WHATEVER1' }],
    ['malformed', undefined, 'ATU1', {}, { status: 'invalid', reason: 'MALFORMED', countryCode: '' }],
    ['malformed, of a country', {}, '<b>', { countryCode: 'at' }, { status: 'invalid', reason: 'MALFORMED', countryCode: 'AT' }],
    ['with wrong check digits', undefined, 'ATU13585628', {}, { status: 'invalid', reason: 'CHECK_DIGITS' }],
    ['with doubtful check digits', undefined, 'NL123456789B12', {}, { status: 'format', reason: 'CHECK_DIGITS' }],
    [
      'of a country the service does not know',
      {},
      'CHE-107.787.577 MWST',
      {},
      { status: 'format', vatId: 'CHE107787577MWST', countryCode: 'CH' },
    ],
    [
      'of a country nobody knows',
      {},
      '51 824 753 556',
      { countryCode: 'AU' },
      { status: 'format', vatId: '51824753556', countryCode: 'AU' },
    ],
  ])('%s', async (_name, settings, vatId, more, answer) => {
    if (settings) await configureTax(settings);
    expect(await check(vatId, more)).toMatchObject(answer);
  });
});

describe('a service that does not answer', () => {
  it('is left alone for a minute, per state, and nothing is remembered', async () => {
    await configureTax();
    vies.says(AUSTRIAN, 'MS_UNAVAILABLE');
    expect(await check(AUSTRIAN)).toEqual({ vatId: AUSTRIAN, countryCode: 'AT', status: 'unavailable', reason: 'MS_UNAVAILABLE' });
    expect(vies.timesAsked(AUSTRIAN)).toBe(2);
    vies.knows(AUSTRIAN);
    expect(await check('ATU14189108')).toMatchObject({ status: 'unavailable', reason: 'MS_UNAVAILABLE' });
    expect(await check('DE129273398')).toMatchObject({ status: 'invalid', reason: 'NOT_REGISTERED' });
    expect(vies.questions).toHaveLength(3);
    stack.clock.advance(61_000);
    expect(await check(AUSTRIAN)).toMatchObject({ status: 'valid' });
  });

  it('as a whole is left alone as a whole', async () => {
    await configureTax();
    vies.says(AUSTRIAN, 'GLOBAL_MAX_CONCURRENT_REQ');
    expect(await check(AUSTRIAN)).toMatchObject({ status: 'unavailable', reason: 'GLOBAL_MAX_CONCURRENT_REQ' });
    expect(await check('DE129273398')).toMatchObject({ status: 'unavailable', reason: 'GLOBAL_MAX_CONCURRENT_REQ' });
    stack.clock.advance(61_000);
    expect(await check('DE129273398')).toMatchObject({ status: 'invalid' });
  });

  it('lets a young positive answer stand in for one, where the merchant wants it', async () => {
    await configureTax({ vies: { enabled: true, fallback: 'accept_recent', recentDays: 7 } });
    const then = await check(AUSTRIAN);
    stack.clock.advance(6 * 24 * HOUR_MS);
    vies.says(AUSTRIAN, 'TIMEOUT');
    expect(await check(AUSTRIAN)).toEqual(Object.assign(then, { status: 'recent', reason: 'TIMEOUT' }));
    await configureTax();
    expect(await check(AUSTRIAN)).toMatchObject({ status: 'unavailable' });
    await configureTax({ vies: { enabled: true, fallback: 'accept_recent', recentDays: 7 } });
    stack.clock.advance(2 * 24 * HOUR_MS);
    expect(await check(AUSTRIAN)).toMatchObject({ status: 'unavailable' });
    // A negative answer since then is the later word.
    vies.says(AUSTRIAN, 'VALID', 'INVALID', 'TIMEOUT');
    for (const status of ['valid', 'invalid', 'unavailable']) {
      stack.clock.advance(2 * 60_000);
      expect(await check(AUSTRIAN, { fresh: true })).toMatchObject({ status });
    }
  });
});

describe('POST /api/v1/vat/validate', () => {
  const validate = async (body: unknown, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${stack.url}/api/v1/vat/validate`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, unknown> };
  };

  it('asks for the session of a checkout, and keeps the proof to the merchant', async () => {
    await configureTax();
    const { sessionPublicId } = await stack.createCheckout(merchant);
    const answer = {
      valid: true,
      status: 'valid',
      vatId: AUSTRIAN,
      countryCode: 'AT',
      companyName: 'Muster GmbH',
      address: 'Ring 1\n1010 Wien',
    };
    expect(await validate({ vatId: 'u13585627', countryCode: 'at', sessionPublicId })).toMatchObject({ status: 200, body: answer });
    const again = await validate({ vatId: AUSTRIAN }, { 'x-checkout-session': sessionPublicId, origin: SHOP });
    expect([again.status, again.body]).toEqual([200, answer]);
    expect(again.headers.get('access-control-allow-origin')).toBe(SHOP);
    expect(vies.timesAsked(AUSTRIAN)).toBe(1);
    const invalid = { valid: false, status: 'invalid', reason: 'NOT_REGISTERED' };
    expect((await validate({ vatId: 'DE129273398', sessionPublicId })).body).toMatchObject(invalid);
    vies.says('FR40303265045', 'html_503');
    const unavailable = { valid: false, status: 'unavailable', vatId: 'FR40303265045', countryCode: 'FR', reason: 'UNREADABLE_ANSWER' };
    expect((await validate({ vatId: 'FR40303265045', sessionPublicId })).body).toEqual(unavailable);
  });

  it('asks nobody without a session, nor for a merchant who does not want it', async () => {
    const format = { status: 200, body: { valid: true, status: 'format', vatId: AUSTRIAN, countryCode: 'AT' } };
    expect(await validate({ vatId: AUSTRIAN, countryCode: '', sessionPublicId: null })).toMatchObject(format);
    const { sessionPublicId } = await stack.createCheckout(merchant);
    expect(await validate({ vatId: AUSTRIAN, sessionPublicId })).toMatchObject(format);
    const wrong = { status: 200, body: { valid: false, status: 'invalid', reason: 'CHECK_DIGITS' } };
    expect(await validate({ vatId: 'ATU13585628' })).toMatchObject(wrong);
    expect(await validate({ vatId: '{"$gt":""}' })).toMatchObject({ status: 200, body: { valid: false, reason: 'MALFORMED' } });
    expect(vies.questions).toEqual([]);
    const session = await fetch(`${stack.url}/api/v1/checkouts/${sessionPublicId}`);
    expect(await session.json()).toMatchObject({ checkoutSettings: { vatIdValidation: 'format' } });
    await configureTax();
    const asking = await fetch(`${stack.url}/api/v1/checkouts/${sessionPublicId}`);
    expect(await asking.json()).toMatchObject({ checkoutSettings: { vatIdValidation: 'vies' } });
  });

  it.each<[string, object, Record<string, string>, number, string]>([
    ['an unknown session', { sessionPublicId: 'nobody' }, {}, 404, 'checkout_not_found'],
    ['a foreign page', {}, { origin: 'https://evil.example' }, 403, 'origin_not_allowed'],
    ['a foreign page with a session', { sessionPublicId: 'OPEN' }, { referer: 'https://evil.example/a' }, 403, 'origin_not_allowed'],
    ['a checkout whose time is over', { sessionPublicId: 'OVER' }, {}, 409, 'checkout_expired'],
    ['no VAT id', { vatId: '' }, {}, 400, 'validation_failed'],
    ['a VAT id that is an object', { vatId: { $gt: '' } }, {}, 400, 'validation_failed'],
    ['a VAT id that is too long', { vatId: 'D'.repeat(51) }, {}, 400, 'validation_failed'],
    ['a country that is none', { countryCode: 'Germany' }, {}, 400, 'validation_failed'],
    ['a field it does not know', { requesterNumber: '1' }, {}, 400, 'validation_failed'],
  ])('refuses %s', async (_name, body, headers, status, code) => {
    const sent: Record<string, unknown> = { vatId: AUSTRIAN, ...body };
    if (sent['sessionPublicId'] === 'OPEN' || sent['sessionPublicId'] === 'OVER') {
      const { sessionPublicId } = await stack.createCheckout(merchant, { expireInHours: 1 });
      if (sent['sessionPublicId'] === 'OVER') stack.clock.advance(2 * HOUR_MS);
      sent['sessionPublicId'] = sessionPublicId;
    }
    expect(await validate(sent, headers)).toMatchObject({ status, body: { code } });
    expect(vies.questions).toEqual([]);
  });

  it.each([
    ['gr', 200, { countryCode: 'GR', isEuMember: true, vatPrefix: 'EL', name: 'Greece', currency: 'EUR' }],
    ['EL', 200, { countryCode: 'GR', isEuMember: true, vatPrefix: 'EL', name: 'Greece', currency: 'EUR' }],
    ['XI', 200, { countryCode: 'XI', isEuMember: false, vatPrefix: 'XI', name: 'Northern Ireland', currency: 'GBP' }],
    ['ch', 200, { countryCode: 'CH', isEuMember: false }],
    ['DEU', 400, expect.objectContaining({ code: 'validation_failed' })],
  ])('GET /api/v1/vat/eu-country/%s', async (code, status, body) => {
    const answer = await fetch(`${stack.url}/api/v1/vat/eu-country/${code}`);
    expect([answer.status, await answer.json()]).toEqual([status, body]);
  });
});

describe('a VAT id that could not be checked when it mattered', () => {
  const sweep = (): Promise<number> => stack.app.get(RecheckVatIds).execute();
  const outcome = (transactionId: string) => stack.app.get(VatIdRechecksRepository).findOutcome(merchant.scope, transactionId);
  const events = (transactionId: string) =>
    stack.database.collection('outbox').find({ subject: vatIdRechecked.subject, 'payload.transactionId': transactionId }).toArray();

  async function recheckLater(): Promise<string> {
    const transactionId = newObjectId();
    const { scope } = merchant;
    const again = stack.app.get(RecheckVatIds);
    // Written twice, as a repeated database transaction does.
    for (let times = 0; times < 2; times++) {
      await stack.app
        .get(Transactions)
        .run((session) => again.later(scope, { transactionId, vatId: AUSTRIAN, countryCode: 'AT' }, session));
    }
    return transactionId;
  }

  it('is asked about until there is an answer, which is told once', async () => {
    await configureTax();
    const transactionId = await recheckLater();
    expect(await sweep()).toBe(0);
    vies.says(AUSTRIAN, 'MS_UNAVAILABLE', 'MS_UNAVAILABLE', 'VALID');
    stack.clock.advance(6 * 60_000);
    expect(await sweep()).toBe(1);
    expect(await outcome(transactionId)).toBeUndefined();
    expect(await sweep()).toBe(0);
    stack.clock.advance(HOUR_MS);
    expect(await sweep()).toBe(1);
    expect(await outcome(transactionId)).toMatchObject({ status: 'valid', consultationNumber: expect.stringMatching(/^WAPI/) });
    const { organizationId } = merchant;
    const check = { vatId: AUSTRIAN, countryCode: 'AT', status: 'valid' };
    expect(await events(transactionId)).toMatchObject([{ payload: { organizationId, livemode: false, transactionId, check } }]);
    stack.clock.advance(24 * HOUR_MS);
    expect(await sweep()).toBe(0);
  });

  it('is given up after a month, and not told of', async () => {
    await configureTax();
    const transactionId = await recheckLater();
    vies.says(AUSTRIAN, 'MS_UNAVAILABLE');
    stack.clock.advance(31 * 24 * HOUR_MS);
    expect(await sweep()).toBe(1);
    stack.clock.advance(31 * 24 * HOUR_MS);
    expect(await sweep()).toBe(0);
    expect([await outcome(transactionId), await events(transactionId)]).toEqual([undefined, []]);
  });

  it('is found by an index', async () => {
    const plan = await stack.app
      .get<Model<object>>(getModelToken('VatIdRecheck'))
      .collection.find({ recheckAt: { $lte: new Date() } })
      .sort({ recheckAt: 1 })
      .explain('queryPlanner');
    expect(JSON.stringify(plan)).toContain('IXSCAN');
  });
});
