import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newObjectId } from '@paygate/kernel';
import { taxSnapshot } from '@paygate/messages';
import { ConfigBucket } from '@paygate/messaging-kit';
import { DEFAULT_TAX_RATES, DEFAULT_TAX_SETTINGS } from '@paygate/tax';
import { eventually } from '@paygate/testing';
import { ConfigurationPublisher } from '../src/configuration-snapshots/index.js';
import { AdminStack } from './fixture/admin-stack.js';
import { deeds, service } from './fixture/backstage.js';
import { expectRefusal } from './fixture/expect-refusal.js';
import { made, RATES, SETTINGS, TaxDesk } from './fixture/tax-desk.js';

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
