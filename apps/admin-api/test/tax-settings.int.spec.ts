import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newObjectId, TenantScope } from '@paygate/kernel';
import { taxSnapshot } from '@paygate/messages';
import { ConfigBucket } from '@paygate/messaging-kit';
import { DEFAULT_TAX_RATES, DEFAULT_TAX_SETTINGS } from '@paygate/tax';
import { eventually } from '@paygate/testing';
import { ConfigurationPublisher } from '../src/configuration-snapshots/index.js';
import { ExchangeRates } from '../src/exchange-rates/index.js';
import { RecordTaxMovement } from '../src/tax-records/index.js';
import { WatchOssThreshold } from '../src/tax-settings/index.js';
import type { OssThreshold } from '../src/tax-settings/index.js';
import { AdminStack } from './fixture/admin-stack.js';
import type { Answer } from './fixture/admin-stack.js';
import { deeds, service } from './fixture/backstage.js';
import { expectRefusal } from './fixture/expect-refusal.js';
import { newSystemKey } from './fixture/system-keys.js';
import { made, RATES, SETTINGS, TaxDesk } from './fixture/tax-desk.js';
import { taxMovement } from './fixture/tax-movements.js';
import type { MovementWish } from './fixture/tax-movements.js';

let stack: AdminStack;
let desk: TaxDesk;
let stranger: TaxDesk;

beforeAll(async () => {
  stack = await AdminStack.start();
  stranger = await TaxDesk.open(stack);
}, 60_000);
afterAll(async () => stack.stop());

describe('tax settings', () => {
  beforeEach(async () => {
    desk = await TaxDesk.open(stack);
  });

  it('are what is usual until they are set, and are told to nobody', async () => {
    expect(await made(200, desk.call('GET', SETTINGS))).toEqual(DEFAULT_TAX_SETTINGS);
    await made(200, desk.put({ sellerCountry: 'DE' }));
    await service(stack, ConfigurationPublisher).reconcile();
    expect((await service(stack, ConfigBucket).watch(taxSnapshot)).get(desk.organizationId)).toBeUndefined();
  });

  it('change where something is given, also within groups, and lists as a whole', async () => {
    await made(
      200,
      desk.put({ sellerCountry: 'de', vatId: 'de 811 907 980', oss: { registrationId: 'DE811907980' }, us: { nexusStates: ['tx'] } }),
    );
    await made(
      200,
      desk.put({ enabled: true, oss: { enabled: true, country: 'DE' }, us: { nexusStates: ['NY', 'CA'] }, vies: { recentDays: 7 } }),
    );
    const settings = await made(200, desk.put({ vatId: '', oss: { registrationId: null }, roundingMethod: 'line' }));
    const expected = {
      ...DEFAULT_TAX_SETTINGS,
      enabled: true,
      sellerCountry: 'DE',
      roundingMethod: 'line',
      oss: { enabled: true, scheme: 'union', country: 'DE', thresholdExceeded: false },
      us: { nexusStates: ['NY', 'CA'] },
      vies: { enabled: false, fallback: 'charge_vat', recentDays: 7 },
    };
    expect(settings).toEqual(expected);
    expect(await made(200, desk.call('GET', SETTINGS))).toEqual(expected);
    await desk.told((value) => expect(value.configuration.settings).toEqual(expected));
    const [last] = await deeds(stack, 'tax_settings.updated', desk.organizationId);
    expect(last?.changes).toEqual([
      { field: 'oss.registrationId', before: 'DE811907980' },
      { field: 'roundingMethod', before: 'document', after: 'line' },
      { field: 'vatId', before: 'DE811907980' },
    ]);
  });

  it('have numbers with their prefix, as they are written in their countries', async () => {
    const registrations = [
      { country: 'CH', vatId: 'CHE-123.456.788 MWST' },
      { country: 'NO', vatId: '123 456 789' },
      { country: 'US', vatId: '12-3456789' },
    ];
    const settings = { sellerCountry: 'GR', vatId: 'GR 123456789', registrations, ukVat: { vatId: '980780684' } };
    expect(await made(200, desk.put(settings))).toMatchObject({
      vatId: 'EL123456789',
      registrations: [
        { country: 'CH', vatId: 'CHE123456788MWST' },
        { country: 'NO', vatId: 'NO123456789MVA' },
        { country: 'US', vatId: '123456789' },
      ],
      ukVat: { vatId: 'GB980780684' },
    });
    const schemes = { oss: { scheme: 'non_union', registrationId: 'eu 372 000 051' }, ioss: { registrationId: 'IM2760000742' } };
    expect(await made(200, desk.put(schemes))).toMatchObject({ oss: { registrationId: 'EU372000051' } });
  });

  it('that stay the same are no new revision', async () => {
    await made(200, desk.put({ enabled: true, sellerCountry: 'DE' }));
    let revision = 0;
    await desk.told((value) => (revision = value.revision));
    await made(200, desk.put({ sellerCountry: 'DE', oss: {}, registrations: [] }));
    await made(200, desk.put({ strictEvidence: true }));
    await desk.told((value) => {
      expect(value.configuration.settings.strictEvidence).toBe(true);
      expect(value.revision).toBe(revision + 1);
    });
    expect(await deeds(stack, 'tax_settings.updated', desk.organizationId)).toHaveLength(2);
  });

  it('keep both of two changes at once', async () => {
    await made(200, desk.put({ enabled: true, sellerCountry: 'DE' }));
    await Promise.all([
      made(200, desk.put({ taxNumber: '1/2' })),
      made(200, desk.put({ oss: { enabled: true } })),
      made(200, desk.put({ pricesIncludeTax: false })),
    ]);
    expect(await made(200, desk.call('GET', SETTINGS))).toMatchObject({
      taxNumber: '1/2',
      pricesIncludeTax: false,
      oss: { enabled: true },
    });
  });

  it('that enable tax for the first time bring the catalogue of rates', async () => {
    await made(200, desk.put({ enabled: true, sellerCountry: 'FR' }));
    await desk.told(({ configuration }) => {
      expect(configuration.rates).toHaveLength(DEFAULT_TAX_RATES.length);
      expect(configuration.rates).toContainEqual(expect.objectContaining({ code: 'DE_STANDARD', rate: 16, validFrom: '2020-07-01' }));
    });
    const [deed] = await deeds(stack, 'tax_rate.defaults_replaced', desk.organizationId);
    expect(deed?.changes).toContainEqual({ field: 'created', after: DEFAULT_TAX_RATES.length });
    await made(204, desk.call('DELETE', RATES));
    await made(200, desk.put({ enabled: false }));
    await made(200, desk.put({ enabled: true }));
    await desk.told(({ configuration: { rates, settings } }) => expect([rates, settings.enabled]).toEqual([[], true]));
  });

  it('that enable tax leave rates alone that are there', async () => {
    const rate = { country: 'FR', code: 'FR_STANDARD', type: 'vat', rate: 20, validFrom: '2014-01-01' };
    const { id } = await made(201, desk.call('POST', RATES, rate));
    await made(200, desk.put({ enabled: true, sellerCountry: 'FR' }));
    await desk.told(({ configuration }) => expect(configuration.rates).toEqual([{ id, ...rate }]));
  });

  it('that the bucket lost or has outdated are told again', async () => {
    await made(200, desk.put({ enabled: true, sellerCountry: 'DE' }));
    await desk.told(() => undefined);
    const bucket = service(stack, ConfigBucket);
    await bucket.remove(taxSnapshot, desk.organizationId);
    const nobody = newObjectId();
    const configuration = { settings: DEFAULT_TAX_SETTINGS, rates: [], rules: [] };
    await bucket.put(taxSnapshot, nobody, { id: nobody, configuration, revision: 1 });
    const view = await bucket.watch(taxSnapshot);
    await eventually(() => expect([view.get(desk.organizationId), view.get(nobody)?.id]).toEqual([undefined, nobody]));
    await service(stack, ConfigurationPublisher).reconcile();
    await desk.told(({ configuration: { rates } }) => expect(rates).toHaveLength(DEFAULT_TAX_RATES.length));
    await eventually(() => expect(view.get(nobody)).toBeUndefined());
  });

  it('are not changed by test keys, which read them', async () => {
    expectRefusal(await stack.call(SETTINGS, { method: 'PUT', body: { enabled: false }, key: desk.testKey }), 403, 'live_mode_required');
    expect((await stack.call(SETTINGS, { key: desk.testKey })).status).toBe(200);
  });

  it('of others stay theirs', async () => {
    await made(200, desk.put({ sellerCountry: 'DE' }));
    expect(await made(200, stranger.call('GET', SETTINGS))).toEqual(DEFAULT_TAX_SETTINGS);
  });
});

describe('wrong tax settings', () => {
  // Nothing is stored, so all of these can be asked of one organization.
  beforeAll(async () => {
    desk = await TaxDesk.open(stack);
  });

  it.each<[string, object, string]>([
    ['enabling without a country', { enabled: true }, 'sellerCountry'],
    ['text for a flag', { enabled: 'true' }, 'enabled'],
    ['an unknown field', { seller: 'DE' }, 'seller'],
    ['an unknown field of a group', { oss: { active: true } }, 'oss.active'],
    ['a country that is none', { sellerCountry: 'ZZ' }, 'sellerCountry'],
    ['a country by name', { sellerCountry: 'Germany' }, 'sellerCountry'],
    ['null for what is needed', { sellerCountry: null }, 'sellerCountry'],
    ['an operator as number', { vatId: { $gt: '' } }, 'vatId'],
    ['a registration without a country', { registrations: [{ vatId: 'CHE123456788' }] }, 'registrations[0].country'],
    ['a registration in no country', { registrations: [{ country: 'QQ' }] }, 'registrations[0].country'],
    ['an unknown rounding', { roundingMethod: 'total' }, 'roundingMethod'],
    ['an unknown recognition', { recognitionMode: 'never' }, 'recognitionMode'],
    ['an unknown scheme', { oss: { scheme: 'moon' } }, 'oss.scheme'],
    ['a list for a group', { oss: [] }, 'oss'],
    ['null for a group', { vies: null }, 'vies'],
    ['a negative number of days', { vies: { recentDays: -1 } }, 'vies.recentDays'],
    ['an unknown fallback', { vies: { fallback: 'valid' } }, 'vies.fallback'],
    ['a number of another country', { sellerCountry: 'DE', vatId: 'FR12345678901' }, 'vatId'],
    ['a malformed number', { sellerCountry: 'DE', vatId: 'DE12345' }, 'vatId'],
    ['a malformed British number', { ukVat: { enabled: true, vatId: 'GB12' } }, 'ukVat.vatId'],
    ['a registration twice', { registrations: [{ country: 'CH' }, { country: 'CH' }] }, 'registrations[1].country'],
    ['a malformed registration', { registrations: [{ country: 'AT', vatId: 'ATX' }] }, 'registrations[0].vatId'],
    ['a state that is none', { us: { nexusStates: ['ZZ'] } }, 'us.nexusStates'],
    ['a province that is none', { ca: { provinces: ['XX'] } }, 'ca.provinces'],
    ['a region that is none', { sellerCountry: 'CA', sellerRegion: 'ZZ' }, 'sellerRegion'],
    ['a registration at home', { sellerCountry: 'AT', registrations: [{ country: 'AT' }] }, 'registrations[0].country'],
    ['a number of nobody', { vatId: '???' }, 'vatId'],
    ['a malformed number of the import scheme', { ioss: { registrationId: 'IM12' } }, 'ioss.registrationId'],
    ['a malformed number of the non-Union scheme', { oss: { scheme: 'non_union', registrationId: 'DE811907980' } }, 'oss.registrationId'],
    ['a Member State that is none', { oss: { country: 'CH' } }, 'oss.country'],
    ['the non-Union scheme for a seller in the EU', { sellerCountry: 'DE', oss: { enabled: true, scheme: 'non_union' } }, 'oss.scheme'],
    ['a state twice', { us: { nexusStates: ['TX', 'tx'] } }, 'us.nexusStates'],
    ['a state by name', { us: { nexusStates: ['Texas'] } }, 'us.nexusStates'],
  ])('are refused: %s', async (_name, body, field) => {
    const answer = await desk.put(body);
    expectRefusal(answer, 400, 'validation_failed');
    expect(answer.body.details.map((detail) => detail.field.replace(/(nexusStates|provinces)\[\d\]$/, '$1'))).toContain(field);
    expect(await made(200, desk.call('GET', SETTINGS))).toEqual(DEFAULT_TAX_SETTINGS);
  });
});

describe('exchange rates', () => {
  const PATH = '/api/v1/system/exchange-rates';
  let operator: string;

  beforeAll(async () => {
    operator = await newSystemKey(stack, ['*']);
  });

  const send = (text: string, type: string, key = operator): Promise<Answer> =>
    stack.call(PATH, { method: 'PUT', key, text, headers: { 'content-type': type } });
  const sendRows = (...rates: unknown[]): Promise<Answer> => stack.call(PATH, { method: 'PUT', key: operator, body: { rates } });
  const read = async (query: string): Promise<{ exchangeRates: { day: string; rates: object }[]; total: number; nextCursor?: string }> =>
    made(200, stack.call(`${PATH}?${query}`, { key: operator }));
  const usd = (day: string, unitsPerEuro: unknown): object => ({ day, currency: 'USD', unitsPerEuro });

  it('are imported as the bank’s files are, and as rows', async () => {
    const csv = 'Date,USD,JPY,\n2001-03-02,0.93,110.1,\n2001-03-01,0.92,N/A,\n';
    expect(await made(200, send(csv, 'text/csv'))).toEqual({
      firstDay: '2001-03-01',
      lastDay: '2001-03-02',
      created: 3,
      updated: 0,
      unchanged: 0,
    });
    expect(await made(200, send(csv, 'text/csv; charset=utf-8'))).toMatchObject({ created: 0, updated: 0, unchanged: 3 });
    const xml = '<Cube><Cube time="2001-03-02"><Cube currency="USD" rate="0.94"/><Cube currency="GBP" rate="0.63"/></Cube></Cube>';
    expect(await made(200, send(xml, 'application/xml'))).toMatchObject({ created: 1, updated: 1, unchanged: 0 });
    expect(await made(200, sendRows(usd('2001-03-05', 0.9), usd('2001-03-01', 0.92)))).toMatchObject({ created: 1, unchanged: 1 });
    expect((await read('from=2001-03-01&to=2001-03-31')).exchangeRates).toEqual([
      { day: '2001-03-05', rates: { USD: 0.9 } },
      { day: '2001-03-02', rates: { USD: 0.94, JPY: 110.1, GBP: 0.63 } },
      { day: '2001-03-01', rates: { USD: 0.92 } },
    ]);
    expect((await read('currency=jpy&from=2001-03-01&to=2001-03-31')).exchangeRates).toEqual([
      { day: '2001-03-02', rates: { JPY: 110.1 } },
    ]);
    const first = await read('to=2001-03-31&limit=2');
    expect((await read(`to=2001-03-31&limit=2&cursor=${first.nextCursor ?? ''}`)).exchangeRates).toMatchObject([{ day: '2001-03-01' }]);
    const [deed] = await deeds(stack, 'exchange_rate.imported');
    expect(deed?.changes).toContainEqual({ field: 'created', after: 1 });
    const rates = service(stack, ExchangeRates);
    expect(await rates.unitsPerEuro('USD', '2001-03-04')).toEqual({
      currency: 'USD',
      unitsPerEuro: 0.94,
      decimal: '0.94',
      day: '2001-03-02',
    });
    expect(await rates.unitsPerEuro('USD', '2001-03-04', 'after')).toMatchObject({ unitsPerEuro: 0.9, day: '2001-03-05' });
    expect(await rates.unitsPerEuro('USD', '2001-05-01')).toBeUndefined();
  });

  it('of many years come in at once, and cost nothing again', async () => {
    const currencies = Array.from({ length: 30 }, (_, index) => `A${String.fromCharCode(65 + Math.floor(index / 26), 65 + (index % 26))}`);
    const days = Array.from({ length: 1_500 }, (_, index) => new Date(Date.UTC(2002, 0, 1 + index)).toISOString().slice(0, 10));
    const lines = days.map((day, index) => [day, ...currencies.map((_, column) => `${1 + column}.${1000 + (index % 9000)}`)].join());
    const file = `Date,${currencies.join()},\n${lines.toReversed().join(',\n')},\n`;
    expect(await made(200, send(file, 'text/csv'))).toMatchObject({ created: 45_000, lastDay: days.at(-1) });
    expect(await made(200, send(file, 'text/csv'))).toMatchObject({ created: 0, unchanged: 45_000 });
  });

  it.each<[string, () => Promise<Answer>, number, string, string | undefined]>([
    ['a wrong line', () => send('Date,USD\n2001-04-02,0.9\n2001-04-03,x\n', 'text/csv'), 400, 'exchange_rates_unreadable', 'USD'],
    ['a page', () => send('<!doctype html>', 'text/xml'), 400, 'exchange_rates_unreadable', undefined],
    ['nothing', () => send('', 'text/csv'), 400, 'exchange_rates_unreadable', undefined],
    ['another type', () => send('Date,USD', 'text/plain'), 415, 'unsupported_media_type', undefined],
    ['no rows', () => sendRows(), 400, 'exchange_rates_unreadable', undefined],
    ['a rate of nothing', () => sendRows(usd('2001-04-02', 0)), 400, 'validation_failed', 'rates[0].unitsPerEuro'],
    ['a rate as text', () => sendRows(usd('2001-04-02', '1')), 400, 'validation_failed', 'rates[0].unitsPerEuro'],
    ['an instant', () => sendRows(usd('2001-04-02T00:00:00', 1)), 400, 'validation_failed', 'rates[0].day'],
    ['a day ahead', () => sendRows(usd('2001-04-02', 1), usd('2999-01-01', 1)), 400, 'exchange_rates_unreadable', 'rates[1]'],
    ['the euro', () => sendRows({ ...usd('2001-04-02', 1), currency: 'EUR' }), 400, 'exchange_rates_unreadable', 'rates[0]'],
    [
      'a currency that is none',
      () => sendRows({ ...usd('2001-04-02', 1), currency: 'XXQ' }),
      400,
      'validation_failed',
      'rates[0].currency',
    ],
    ['an operator', () => sendRows({ $gt: '' }), 400, 'validation_failed', 'rates[0].$gt'],
  ])('are refused with %s, as a whole', async (_name, act, status, code, field) => {
    expectRefusal(await act(), status, code, field);
    expect((await read('from=2001-04-01&to=2001-04-30')).total).toBe(0);
  });

  it('are for operators alone', async () => {
    for (const type of ['text/csv', 'application/json'])
      expectRefusal(await send('{}', type, stranger.key), 403, 'platform_access_required');
    expectRefusal(await send('x', 'text/csv', await newSystemKey(stack, ['system:read'])), 403, 'insufficient_scope');
    expectRefusal(await stack.call(PATH, { key: stranger.key }), 403, 'platform_access_required');
  });

  it.each(['currency=Dollar', 'from=2001', 'to=2001-04-31', 'day=2001-04-02'])('are not listed by %s', async (query) => {
    expectRefusal(await stack.call(`${PATH}?${query}`, { key: operator }), 400, 'validation_failed', query.split('=', 1)[0]);
  });
});

describe('the threshold of OSS', () => {
  const PATH = `${SETTINGS}/oss-threshold-status`;
  const year = new Date().getUTCFullYear();

  beforeEach(async () => {
    desk = await TaxDesk.open(stack);
  });

  async function sell(livemode: boolean, net: number, wish: MovementWish = {}): Promise<void> {
    const scope = TenantScope.of(desk.organizationId, livemode);
    const breakdown = [{ taxableBase: net, taxAmount: 0, taxCountry: 'DE', treatment: 'standard', reason: 'below_oss_threshold' } as const];
    await service(stack, RecordTaxMovement).execute(taxMovement(scope, newObjectId(), { breakdown, ...wish }));
  }
  const status = async (): Promise<OssThreshold> => made<OssThreshold>(200, desk.call('GET', PATH));

  it('is looked at in the records of this year and the one before', async () => {
    await made(200, desk.put({ enabled: true, sellerCountry: 'DE' }));
    await made(
      200,
      stack.call('/api/v1/system/exchange-rates', {
        method: 'PUT',
        key: await newSystemKey(stack, ['system:execute']),
        body: { rates: [{ day: `${year - 1}-03-02`, currency: 'CHF', unitsPerEuro: 0.8 }] },
      }),
    );
    // In Berlin it is the new year already.
    await sell(true, 7, { recognizedAt: `${year - 1}-12-31T23:30:00.000Z` });
    await sell(true, 100, { recognizedAt: `${year}-01-01T12:00:00.000Z` });
    await sell(true, 80_000, { recognizedAt: `${year - 1}-03-03T12:00:00.000Z`, currency: 'CHF' });
    await sell(true, 80_000, { recognizedAt: `${year - 1}-07-01T12:00:00.000Z`, currency: 'CHF' });
    await sell(false, 5_000_000, { recognizedAt: `${year}-01-01T12:00:00.000Z` });
    await sell(true, 5_000_000, { recognizedAt: `${year - 2}-06-01T12:00:00.000Z` });
    expect(await status()).toEqual({
      applicable: true,
      threshold: 1_000_000,
      timezone: 'Europe/Berlin',
      exceeded: false,
      remaining: 999_893,
      complete: false,
      ossEnabled: false,
      thresholdExceeded: false,
      action: expect.stringMatching(/taxed in your country\. Exchange rates are missing/),
      years: [
        { year, netEur: 107, currencies: [{ currency: 'EUR', net: 107, netEur: 107, conversions: [], missingRateDays: [] }] },
        {
          year: year - 1,
          netEur: 100_000,
          currencies: [
            {
              currency: 'CHF',
              net: 160_000,
              netEur: 100_000,
              conversions: [{ day: `${year - 1}-03-03`, rateDay: `${year - 1}-03-02`, unitsPerEuro: 0.8, net: 80_000, netEur: 100_000 }],
              missingRateDays: [`${year - 1}-07-01`],
            },
          ],
        },
      ],
    });
  });

  it('is noted in the settings once it is passed, by live sales alone', async () => {
    await made(200, desk.put({ enabled: true, sellerCountry: 'DE' }));
    await sell(false, 2_000_000, { recognizedAt: `${year - 1}-05-05T12:00:00.000Z` });
    await service(stack, WatchOssThreshold).execute();
    await desk.told(({ configuration }) => expect(configuration.settings.oss.thresholdExceeded).toBe(false));
    await sell(true, 1_000_001, { recognizedAt: `${year - 1}-05-05T12:00:00.000Z` });
    await service(stack, WatchOssThreshold).execute();
    await desk.told(({ configuration }) => expect(configuration.settings.oss.thresholdExceeded).toBe(true));
    const [deed] = await deeds(stack, 'tax_settings.updated', desk.organizationId);
    expect(deed).toMatchObject({ actor: 'system', changes: [{ field: 'oss.thresholdExceeded', before: false, after: true }] });
    expect(await status()).toMatchObject({ exceeded: true, exceededAt: `${year - 1}-05-05`, remaining: 0, thresholdExceeded: true });
    await service(stack, WatchOssThreshold).execute();
    expect(await deeds(stack, 'tax_settings.updated', desk.organizationId)).toHaveLength(2);
  });

  it.each(['CH', ''])('is none for a seller in %p', async (sellerCountry) => {
    if (sellerCountry !== '') await made(200, desk.put({ enabled: true, sellerCountry }));
    await sell(true, 2_000_000, { parties: { sellerCountry: 'CH' } });
    await service(stack, WatchOssThreshold).execute();
    expect(await status()).toMatchObject({ applicable: false, exceeded: false, years: [] });
  });
});
