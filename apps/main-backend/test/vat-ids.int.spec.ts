import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { getModelToken } from '@nestjs/mongoose';
import { Transactions } from '@paygate/data-kit';
import { newObjectId } from '@paygate/kernel';
import { checkVatId, getTransactionTax, recalculateTransactionTax, vatIdRechecked } from '@paygate/messages';
import type { TransactionTaxDecision, VatIdCheck } from '@paygate/messages';
import type { TaxSettings } from '@paygate/tax';
import type { Model } from 'mongoose';
import { RecheckVatIds, VatIdRechecksRepository } from '../src/vat-ids/index.js';
import { ViesFake } from './fakes/vies/vies-fake.js';
import { MainStack } from './support/main-stack.js';
import type { Merchant } from './support/main-stack.js';
import { taxMerchant, toldTax, WITH_VIES } from './support/tax.js';

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

/** Rates do not matter to the VAT id. */
const configureTax = (changes?: Partial<TaxSettings>): Promise<void> =>
  taxMerchant(stack, merchant, { ...WITH_VIES, ...changes }, { rates: [] });

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

  it.each([
    ['a VAT id of the seller elsewhere in the Union', 'GB980780684', [{ country: 'CH', vatId: 'CHE107787577MWST' }, { country: 'NL', vatId: '004495445B01' }], 'NL', '004495445B01'], // prettier-ignore
    ['nobody, where the seller has none', undefined, [{ country: 'NL' }], undefined, undefined],
  ])('is asked about in the name of %s', async (_name, vatId, registrations, requesterMemberStateCode, requesterNumber) => {
    await configureTax({ sellerCountry: 'GB', vatId, registrations });
    const { consultationNumber } = await check(AUSTRIAN);
    expect(consultationNumber === undefined).toBe(requesterNumber === undefined);
    const requester = requesterNumber === undefined ? {} : { requesterMemberStateCode, requesterNumber };
    expect(vies.questions).toEqual([{ countryCode: 'AT', vatNumber: 'U13585627', ...requester }]);
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

  it.each([
    ['none', true, { valid: true, status: 'format' }],
    ['format', true, { valid: false, reason: 'MALFORMED' }],
    ['vies', false, { valid: false, reason: 'MALFORMED' }],
  ] as const)('settings that say %s (service: %s) ask nobody', async (vatIdValidation, enabled, answer) => {
    await configureTax({ vatIdValidation, vies: { enabled, fallback: 'charge_vat', recentDays: 30 } });
    const { sessionPublicId } = await stack.createCheckout(merchant);
    expect(await validate({ vatId: 'AT nonsense', sessionPublicId })).toMatchObject({ status: 200, body: answer });
    expect((await validate({ vatId: AUSTRIAN, sessionPublicId })).body).toMatchObject({ valid: true, status: 'format' });
    expect(vies.questions).toEqual([]);
    const session = await fetch(`${stack.url}/api/v1/checkouts/${sessionPublicId}`);
    const effective = vatIdValidation === 'vies' ? 'format' : vatIdValidation;
    expect(await session.json()).toMatchObject({ checkoutSettings: { vatIdValidation: effective } });
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

describe('a sale to a company of another Member State', () => {
  const OSS = { oss: { enabled: true, scheme: 'union', country: 'DE', thresholdExceeded: true } } as const;
  const ITEMS = [{ name: 'Licence', quantity: 1, unitPrice: 12_000, itemType: 'digital_service' }];
  const COMPANY = { name: 'Ada Lovelace', company: 'Muster GmbH', country: 'AT', postcode: '1010', vatId: AUSTRIAN };

  beforeEach(() => stack.provider.onCreate({ kind: 'answer', word: 'succeeded' }));

  async function buy(billingAddress: object, amount = 12_000): Promise<string> {
    const { sessionPublicId } = await stack.createCheckout(merchant, { amount, items: ITEMS });
    const answer = await fetch(`${stack.url}/api/v1/transactions/create`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ sessionPublicId, providerId: merchant.providerId, billingAddress }),
    });
    const body = (await answer.json()) as { transactionId: string; status: number };
    expect([answer.status, body.status]).toEqual([200, 1]);
    return body.transactionId;
  }
  const decisionOf = (transactionId: string): Promise<TransactionTaxDecision> => {
    const { organizationId } = merchant;
    return stack.rpc.request(getTransactionTax, { organizationId, livemode: false, transactionId });
  };
  const amounts = ({ calculation }: TransactionTaxDecision) => {
    const { totalNet, totalTax, totalGross, breakdown = [] } = calculation ?? {};
    return { totalNet, totalTax, totalGross, treatments: breakdown.map(({ treatment }) => treatment) };
  };

  it('is charged what the checkout says, all of it net, with the proof of the VAT id on everything that is told', async () => {
    await taxMerchant(stack, merchant, { ...WITH_VIES, ...OSS });
    const transactionId = await buy(COMPANY);
    const stored = await stack.database.collection<{ _id: string }>('transactions').findOne({ _id: transactionId });
    expect(stored).toMatchObject({ amount: 12_000, status: 'succeeded' });
    const decision = await decisionOf(transactionId);
    expect(amounts(decision)).toEqual({ totalNet: 12_000, totalTax: 0, totalGross: 12_000, treatments: ['reverse_charge'] });
    const consultationNumber = expect.stringMatching(/^WAPI/) as unknown as string;
    const parties = {
      sellerCountry: 'DE',
      buyerCountry: 'AT',
      buyerType: 'B2B',
      vatId: AUSTRIAN,
      vatIdStatus: 'valid',
      consultationNumber,
    };
    expect(decision.calculation?.parties).toEqual(parties);
    expect(decision.input.buyer).toMatchObject({ vatId: AUSTRIAN, vatIdStatus: 'valid', consultationNumber });
    const { standing, sums } = await toldTax(stack, transactionId);
    expect(sums).toEqual({ 'REVERSE_CHARGE net': 12_000 });
    expect(standing).toMatchObject([{ sourceKind: 'transaction', parties, breakdown: [{ treatment: 'reverse_charge', category: 'AE' }] }]);
    // The evidence is the same that was stored with the answer.
    const [evidence] = await stack.database.collection('vat_id_checks').find({ organizationId: merchant.organizationId }).toArray();
    expect(standing[0]?.parties.consultationNumber).toBe(evidence?.['consultationNumber']);
    expect(await stack.app.get(VatIdRechecksRepository).findOutcome(merchant.scope, transactionId)).toBeUndefined();
  });

  it.each<[string, object]>([
    ['whose VAT id is not registered', { ...COMPANY, vatId: 'ATU14189108' }],
    ['whose VAT id is none', { ...COMPANY, vatId: 'ATU1' }],
    ['without a VAT id', { ...COMPANY, vatId: '' }],
  ])('%s contains the tax of its country', async (_name, address) => {
    await taxMerchant(stack, merchant, { ...WITH_VIES, ...OSS });
    const decision = await decisionOf(await buy(address));
    expect(amounts(decision)).toEqual({ totalNet: 10_000, totalTax: 2_000, totalGross: 12_000, treatments: ['oss'] });
    expect(decision.calculation?.parties.consultationNumber).toBeUndefined();
  });

  it('in the country of the seller contains its tax, valid or not', async () => {
    await taxMerchant(stack, merchant, { ...WITH_VIES, ...OSS });
    vies.knows('DE129273398');
    const decision = await decisionOf(await buy({ ...COMPANY, country: 'DE', postcode: '10115', vatId: 'DE129273398' }));
    expect(amounts(decision)).toEqual({ totalNet: 10_084, totalTax: 1_916, totalGross: 12_000, treatments: ['standard'] });
  });

  it('never waits for the service, is taxed, asked about again, and can be decided anew when it has answered', async () => {
    await taxMerchant(stack, merchant, { ...WITH_VIES, ...OSS });
    vies.says(AUSTRIAN, 'MS_UNAVAILABLE', 'MS_UNAVAILABLE', 'VALID');
    const transactionId = await buy(COMPANY);
    const taxed = await decisionOf(transactionId);
    expect(amounts(taxed)).toEqual({ totalNet: 10_000, totalTax: 2_000, totalGross: 12_000, treatments: ['oss'] });
    expect(taxed.input.buyer).toMatchObject({ vatId: AUSTRIAN, vatIdStatus: 'unavailable' });
    stack.clock.advance(10 * 60_000);
    expect(await stack.app.get(RecheckVatIds).execute()).toBe(1);
    // Nothing changes by itself.
    expect((await decisionOf(transactionId)).version).toBe(taxed.version);
    const { organizationId } = merchant;
    const command = { organizationId, livemode: false, transactionId };
    const anew = await stack.rpc.request(recalculateTransactionTax, command);
    expect(amounts(anew)).toEqual({ totalNet: 12_000, totalTax: 0, totalGross: 12_000, treatments: ['reverse_charge'] });
    expect(anew.calculation?.parties).toMatchObject({ vatIdStatus: 'valid', consultationNumber: expect.stringMatching(/^WAPI/) });
    expect((await toldTax(stack, transactionId)).sums).toEqual({ 'REVERSE_CHARGE net': 12_000 });
  });

  it('of which the service knew a week ago counts as valid where the merchant says so, and is asked about again', async () => {
    await taxMerchant(stack, merchant, { ...WITH_VIES, ...OSS, vies: { enabled: true, fallback: 'accept_recent', recentDays: 14 } });
    const { consultationNumber } = await check(AUSTRIAN);
    stack.clock.advance(7 * 24 * HOUR_MS);
    vies.says(AUSTRIAN, 'TIMEOUT');
    const transactionId = await buy(COMPANY);
    const decision = await decisionOf(transactionId);
    expect(amounts(decision)).toMatchObject({ totalTax: 0, treatments: ['reverse_charge'] });
    expect(decision.calculation?.parties).toMatchObject({ vatIdStatus: 'recent', consultationNumber });
    const waiting = await stack.database.collection<{ _id: string }>('vat_id_rechecks').findOne({ _id: transactionId });
    expect(waiting).toMatchObject({ vatId: AUSTRIAN, countryCode: 'AT', attempts: 0, recheckAt: expect.any(Date) });
  });

  it('is previewed as it will be taxed', async () => {
    await taxMerchant(stack, merchant, { ...WITH_VIES, ...OSS });
    const { sessionPublicId } = await stack.createCheckout(merchant, { amount: 12_000, items: ITEMS });
    const preview = async (vatId: string): Promise<unknown> => {
      const answer = await fetch(`${stack.url}/api/v1/checkouts/${sessionPublicId}/tax-preview`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ billingAddress: { country: 'AT', vatId } }),
      });
      return answer.json();
    };
    expect(await preview(AUSTRIAN)).toMatchObject({ totalNet: 12_000, totalTax: 0, totalGross: 12_000 });
    expect(await preview('ATU14189108')).toMatchObject({ totalNet: 10_000, totalTax: 2_000, totalGross: 12_000 });
  });
});
