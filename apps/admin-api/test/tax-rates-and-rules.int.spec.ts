import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newObjectId } from '@paygate/kernel';
import { DEFAULT_TAX_RATES, defaultTaxRules, TAX_CATALOGUE_VERSION } from '@paygate/tax';
import { AdminStack } from './fixture/admin-stack.js';
import type { Answer } from './fixture/admin-stack.js';
import { deeds, rewrite } from './fixture/backstage.js';
import { expectRefusal } from './fixture/expect-refusal.js';
import { made, RATES, RULES, TaxDesk } from './fixture/tax-desk.js';

const RATE = { country: 'LI', code: 'LI_SPECIAL', type: 'vat', rate: 2.6, validFrom: '2024-01-01' };
const RULE = { name: 'Books', sellerCountry: 'DE', buyerCountry: 'AT', buyerType: 'B2C', supplyTypes: ['goods'], treatment: 'export' };

let stack: AdminStack;
let desk: TaxDesk;
let stranger: TaxDesk;

beforeAll(async () => {
  stack = await AdminStack.start();
  stranger = await TaxDesk.open(stack);
}, 60_000);
afterAll(async () => stack.stop());

interface Rate {
  id: string;
  validFrom: string;
  validTo?: string;
  rate: number;
  source: string;
}
interface Rates {
  taxRates: Rate[];
  total: number;
  nextCursor?: string;
}

const createRate = (changes: object = {}): Promise<Answer> => desk.call('POST', RATES, { ...RATE, ...changes });
const newRate = async (changes: object = {}): Promise<Rate> => made<Rate>(201, createRate(changes));
const rates = async (query = ''): Promise<Rates> => made<Rates>(200, desk.call('GET', `${RATES}${query}`));
const validity = ({ taxRates }: Rates): unknown[] => taxRates.map(({ validFrom, validTo, rate }) => [validFrom, validTo, rate]).sort();

describe('tax rates', () => {
  beforeEach(async () => {
    desk = await TaxDesk.open(stack);
  });

  it('are created, read, told and deleted', async () => {
    await made(200, desk.put({ enabled: true, sellerCountry: 'DE' }));
    await made(204, desk.call('DELETE', RATES));
    const rate = await newRate({ validTo: '2025-12-31' });
    expect(rate).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      ...RATE,
      validTo: '2025-12-31',
      source: 'custom',
      createdAt: expect.any(String),
    });
    expect(await made(200, desk.call('GET', `${RATES}/${rate.id}`))).toEqual(rate);
    const told = { id: rate.id, ...RATE, validTo: '2025-12-31' };
    await desk.told((value) => expect(value.configuration.rates).toEqual([told]));
    await made(204, desk.call('DELETE', `${RATES}/${rate.id}`));
    expectRefusal(await desk.call('GET', `${RATES}/${rate.id}`), 404, 'tax_rate_not_found');
    expectRefusal(await desk.call('DELETE', `${RATES}/${rate.id}`), 404, 'tax_rate_not_found');
    await desk.told((value) => expect(value.configuration.rates).toEqual([]));
    const chain = desk.organizationId;
    expect(await deeds(stack, 'tax_rate.created', chain)).toMatchObject([{ resource: { id: rate.id, name: 'LI_SPECIAL' } }]);
    expect(await deeds(stack, 'tax_rate.deleted', chain)).toHaveLength(1);
    expect(await deeds(stack, 'tax_rate.all_deleted', chain)).toHaveLength(1);
  });

  it('repeat their answer for the same Idempotency-Key', async () => {
    const headers = { 'idempotency-key': newObjectId() };
    const create = (): Promise<Answer> => stack.call(RATES, { method: 'POST', body: RATE, key: desk.key, headers });
    const first = await made(201, create());
    expect(await made(201, create())).toEqual(first);
    expect((await rates()).total).toBe(1);
  });

  it('are never edited: a change is a rate that follows', async () => {
    const old = await newRate({ validTo: '2029-12-31' });
    const next = await made<Rate>(200, desk.call('PUT', `${RATES}/${old.id}`, { rate: 3.1, effectiveFrom: '2027-01-01' }));
    expect(next).toMatchObject({ ...RATE, rate: 3.1, validFrom: '2027-01-01', validTo: '2029-12-31', source: 'custom' });
    expect(next.id).not.toBe(old.id);
    const last = await made<Rate>(200, desk.call('PUT', `${RATES}/${next.id}`, { rate: 4, effectiveFrom: '2028-02-29', validTo: null }));
    expect(last).not.toHaveProperty('validTo');
    expect(validity(await rates())).toEqual([
      ['2024-01-01', '2026-12-31', 2.6],
      ['2027-01-01', '2028-02-28', 3.1],
      ['2028-02-29', undefined, 4],
    ]);
    const [deed] = await deeds(stack, 'tax_rate.updated', desk.organizationId);
    expect(deed?.changes).toContainEqual({ field: 'rate', before: 3.1, after: 4 });
  });

  it.each<[string, object, string]>([
    ['before its first day', { rate: 3, effectiveFrom: '2023-12-31' }, 'effectiveFrom'],
    ['on its first day', { rate: 3, effectiveFrom: '2024-01-01' }, 'effectiveFrom'],
    ['at an instant', { rate: 3, effectiveFrom: '2027-01-01T00:00:00' }, 'effectiveFrom'],
    ['on no day', { rate: 3, effectiveFrom: '2027-02-30' }, 'effectiveFrom'],
    ['without a day', { rate: 3 }, 'effectiveFrom'],
    ['to end before it begins', { rate: 3, effectiveFrom: '2027-01-01', validTo: '2026-12-31' }, 'validTo'],
    ['to more than everything', { rate: 101, effectiveFrom: '2027-01-01' }, 'rate'],
    ['into another place', { rate: 3, effectiveFrom: '2027-01-01', country: 'CH' }, 'country'],
  ])('are not changed %s', async (_name, body, field) => {
    const { id } = await newRate();
    expectRefusal(await desk.call('PUT', `${RATES}/${id}`, body), 400, 'validation_failed', field);
    expect(validity(await rates())).toEqual([['2024-01-01', undefined, 2.6]]);
  });

  it.each<[string, object, object, boolean]>([
    ['on the same days', {}, {}, true],
    ['on one day', { validTo: '2024-12-31' }, { validFrom: '2024-12-31' }, true],
    ['from the next day on', { validTo: '2024-12-31' }, { validFrom: '2025-01-01' }, false],
    ['within another', {}, { validFrom: '2025-01-01', validTo: '2025-01-02' }, true],
    ['around another', { validTo: '2024-02-01' }, { validFrom: '2023-01-01' }, true],
    ['before another', {}, { validFrom: '2020-01-01', validTo: '2023-12-31' }, false],
    ['of another code', {}, { code: 'LI_OTHER' }, false],
    ['of another country', {}, { country: 'CH', code: 'CH_SPECIAL' }, false],
    ['of a region', { country: 'CA', code: 'CA_X' }, { country: 'CA', code: 'CA_QC_X', region: 'QC' }, false],
  ])('may not overlap: %s', async (_name, first, second, overlaps) => {
    const there = await newRate(first);
    const answer = await createRate(second);
    if (!overlaps) expect(answer.status).toBe(201);
    else {
      expectRefusal(answer, 409, 'tax_rate_overlap', 'validFrom');
      expect(answer.body.message).toContain(there.id);
    }
    expect((await rates()).total).toBe(overlaps ? 1 : 2);
  });

  it('do not overlap either when many are created at once', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => createRate()));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(5).fill(409)]);
    expect((await rates()).total).toBe(1);
  });

  it('do not follow into days another rate has', async () => {
    const first = await newRate({ validTo: '2024-12-31' });
    await newRate({ validFrom: '2025-01-01' });
    const follow = (body: object): Promise<Answer> => desk.call('PUT', `${RATES}/${first.id}`, body);
    expectRefusal(await follow({ rate: 3, effectiveFrom: '2024-07-01', validTo: null }), 409, 'tax_rate_overlap');
    expectRefusal(await follow({ rate: 3, effectiveFrom: '2025-07-01' }), 409, 'tax_rate_overlap');
    await made(200, follow({ rate: 3, effectiveFrom: '2024-07-01' }));
  });

  it('are listed by what they are', async () => {
    await newRate({ validTo: '2025-12-31' });
    await newRate({ rate: 2.8, validFrom: '2026-01-01' });
    await newRate({ country: 'CA', region: 'QC', code: 'CA_QC_OWN', type: 'qst', rate: 9.975 });
    for (const [query, count] of [
      ['', 3],
      ['?country=li', 2],
      ['?country=CA&region=qc', 1],
      ['?code=LI_SPECIAL', 2],
      ['?type=qst', 1],
      ['?source=custom', 3],
      ['?source=default', 0],
      ['?activeOn=2023-12-31', 0],
      ['?activeOn=2025-12-31', 2],
      ['?country=LI&activeOn=2026-01-01', 1],
    ] as const) {
      expect([query, (await rates(query)).total]).toEqual([query, count]);
    }
    const first = await rates('?limit=2');
    const second = await rates(`?limit=2&cursor=${first.nextCursor ?? ''}`);
    expect([first.taxRates.length, second.taxRates.length, second.nextCursor]).toEqual([2, 1, undefined]);
    for (const wrong of ['activeOn=2026', 'activeOn=2026-01-01T00:00:00', 'type=x', 'source=mine', 'country=Germany', 'colour=red']) {
      expectRefusal(await desk.call('GET', `${RATES}?${wrong}`), 400, 'validation_failed', wrong.split('=', 1)[0]);
    }
  });

  it('of the catalogue come and follow it; the organization’s own stay', async () => {
    const all = DEFAULT_TAX_RATES.length;
    const replace = async (): Promise<object> => made(200, desk.call('POST', `${RATES}/replace-defaults`));
    const counts = { updated: 0, removed: 0, version: TAX_CATALOGUE_VERSION };
    expect(await replace()).toEqual({ ...counts, created: all, kept: 0 });
    expect(await replace()).toEqual({ ...counts, created: 0, kept: all });
    const german = (await rates('?code=DE_STANDARD&activeOn=2026-11-21')).taxRates[0]!;
    expect(german).toMatchObject({ rate: 19, source: 'default', catalogueVersion: TAX_CATALOGUE_VERSION });
    await made(200, desk.call('PUT', `${RATES}/${german.id}`, { rate: 21, effectiveFrom: '2030-01-01' }));
    expect(await replace()).toEqual({ ...counts, created: 0, kept: all + 1 });
    await rewrite(stack, 'tax_rates', { organizationId: desk.organizationId, code: 'FR_STANDARD', validTo: null }, { $set: { rate: 1 } });
    await made(204, desk.call('DELETE', `${RATES}/${(await rates('?code=AT_STANDARD')).taxRates[0]?.id ?? ''}`));
    expect(await replace()).toEqual({ ...counts, created: 1, updated: 1, kept: all - 1 });
    expect((await rates('?code=FR_STANDARD&activeOn=2026-11-21')).taxRates).toMatchObject([{ rate: 20 }]);
    expect((await rates('?source=custom')).taxRates).toMatchObject([{ rate: 21, validFrom: '2030-01-01' }]);
    expect(await deeds(stack, 'tax_rate.defaults_replaced', desk.organizationId)).toHaveLength(2);
  });

  it.each<[string, object | undefined]>([
    ['GET', undefined],
    ['PUT', { rate: 3, effectiveFrom: '2027-01-01' }],
    ['DELETE', undefined],
  ])('of others cannot be reached: %s', async (method, body) => {
    const { id } = await newRate();
    for (const unknown of [id, newObjectId(), 'x']) {
      expectRefusal(await stranger.call(method, `${RATES}/${unknown}`, body), 404, 'tax_rate_not_found');
    }
    await made(204, stranger.call('DELETE', RATES));
    expect((await rates()).total).toBe(1);
  });
});

interface Rule {
  id: string;
  name: string;
  priority: number;
}
interface Rules {
  taxRules: Rule[];
  total: number;
}

const createRule = (changes: object = {}): Promise<Answer> => desk.call('POST', RULES, { ...RULE, ...changes });
const newRule = async (changes: object = {}): Promise<Rule> => made<Rule>(201, createRule(changes));
const rules = async (query = ''): Promise<Rules> => made<Rules>(200, desk.call('GET', `${RULES}${query}`));

describe('tax rules', () => {
  beforeEach(async () => {
    desk = await TaxDesk.open(stack);
  });

  it('are created, changed, told and deleted', async () => {
    await made(200, desk.put({ enabled: true, sellerCountry: 'DE' }));
    const rule = await newRule({ effectiveFrom: '2026-01-01', legalReference: 'x' });
    expect(rule).toMatchObject({ ...RULE, priority: 0, active: true, source: 'custom', effectiveFrom: '2026-01-01' });
    const changed = await made(200, desk.call('PUT', `${RULES}/${rule.id}`, { priority: 5, effectiveFrom: '', legalReference: null }));
    expect(changed).toEqual({ ...rule, priority: 5, effectiveFrom: undefined, legalReference: undefined, updatedAt: expect.any(String) });
    await desk.told((value) => expect(value.configuration.rules).toEqual([{ id: rule.id, ...RULE, priority: 5, active: true }]));
    await made(204, desk.call('DELETE', `${RULES}/${rule.id}`));
    expectRefusal(await desk.call('DELETE', `${RULES}/${rule.id}`), 404, 'tax_rule_not_found');
    await desk.told((value) => expect(value.configuration.rules).toEqual([]));
    const chain = desk.organizationId;
    const updates = await deeds(stack, 'tax_rule.updated', chain);
    expect(updates.map(({ changes }) => changes.map(({ field }) => field))).toEqual([['effectiveFrom', 'legalReference', 'priority']]);
    expect(await deeds(stack, 'tax_rule.deleted', chain)).toHaveLength(1);
  });

  it.each<[string, object, boolean]>([
    ['of another treatment', { treatment: 'exempt' }, true],
    ['of everything else the same', {}, false],
    ['with another priority', { treatment: 'exempt', priority: 1 }, false],
    ['that is off', { treatment: 'exempt', active: false }, false],
    ['for another buyer', { treatment: 'exempt', buyerCountry: 'FR' }, false],
    ['for the other kind of buyer', { treatment: 'exempt', buyerType: 'B2B' }, false],
    ['for both kinds of buyers', { treatment: 'exempt', buyerType: undefined }, true],
    ['for everything', { treatment: 'exempt', supplyTypes: ['*'] }, true],
    ['for something else', { treatment: 'exempt', supplyTypes: ['service'] }, false],
    ['for some of it', { treatment: 'exempt', supplyTypes: ['service', 'goods'] }, true],
    ['before it', { treatment: 'exempt', effectiveTo: '2025-12-31' }, false],
    ['in its time', { treatment: 'exempt', effectiveFrom: '2026-06-01', effectiveTo: '2026-06-01' }, true],
  ])('may not contradict another: one %s', async (_name, changes, contradicts) => {
    const there = await newRule({ effectiveFrom: '2026-01-01' });
    const answer = await createRule(changes);
    if (!contradicts) expect(answer.status).toBe(201);
    else {
      expectRefusal(answer, 409, 'tax_rule_contradiction', 'priority');
      expect(answer.body.message).toContain(there.id);
    }
  });

  it('may not come to contradict another by a change', async () => {
    await newRule();
    const other = await newRule({ treatment: 'exempt', priority: 1 });
    expectRefusal(await desk.call('PUT', `${RULES}/${other.id}`, { priority: 0 }), 409, 'tax_rule_contradiction');
    await made(200, desk.call('PUT', `${RULES}/${other.id}`, { priority: 0, active: false }));
    expectRefusal(await desk.call('PUT', `${RULES}/${other.id}`, { active: true }), 409, 'tax_rule_contradiction');
  });

  it('do not contradict each other either when many are created at once', async () => {
    const treatments = ['export', 'exempt', 'zero_rated', 'oss'];
    const answers = await Promise.all(treatments.map((treatment) => createRule({ treatment })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  });

  it('are listed by what they are', async () => {
    await newRule();
    await newRule({ buyerCountry: 'EU', buyerType: 'B2B', treatment: 'exempt', active: false });
    for (const [query, count] of [
      ['', 2],
      ['?buyerCountry=EU', 1],
      ['?buyerCountry=AT&sellerCountry=DE', 1],
      ['?buyerType=B2B', 1],
      ['?treatment=export', 1],
      ['?active=true', 1],
      ['?sellerCountry=FR', 0],
    ] as const) {
      expect([query, (await rules(query)).total]).toEqual([query, count]);
    }
    expectRefusal(await desk.call('GET', `${RULES}?treatment=x`), 400, 'validation_failed', 'treatment');
    await made(204, desk.call('DELETE', RULES));
    expect((await rules()).total).toBe(0);
    expect(await deeds(stack, 'tax_rule.all_deleted', desk.organizationId)).toHaveLength(1);
  });

  it.each<[string, object | undefined]>([
    ['PUT', { priority: 1 }],
    ['DELETE', undefined],
  ])('of others cannot be reached: %s', async (method, body) => {
    const { id } = await newRule();
    for (const unknown of [id, newObjectId(), 'x']) {
      expectRefusal(await stranger.call(method, `${RULES}/${unknown}`, body), 404, 'tax_rule_not_found');
    }
    await made(204, stranger.call('DELETE', RULES));
    expect((await rules()).total).toBe(1);
  });

  it('of the seller’s country are completed, and never changed', async () => {
    const populate = async (): Promise<Rule[]> =>
      (await made<{ created: Rule[] }>(200, desk.call('POST', `${RULES}/populate-defaults`))).created;
    await made(200, desk.put({ sellerCountry: 'DE' }));
    const created = await populate();
    expect(created).toHaveLength(defaultTaxRules('DE').length);
    expect(created[0]).toMatchObject({ sellerCountry: 'DE', source: 'default', active: true });
    expect(await populate()).toEqual([]);
    await made(200, desk.call('PUT', `${RULES}/${created[0]?.id ?? ''}`, { name: 'Mine', priority: 7 }));
    await made(204, desk.call('DELETE', `${RULES}/${created[1]?.id ?? ''}`));
    expect((await populate()).map(({ name }) => name)).toEqual([created[1]?.name]);
    expect((await rules('?limit=100')).taxRules).toContainEqual(expect.objectContaining({ name: 'Mine', priority: 7 }));
    expect(await deeds(stack, 'tax_rule.defaults_populated', desk.organizationId)).toHaveLength(2);
  });

  it('need to know the seller’s country for their defaults', async () => {
    expectRefusal(await desk.call('POST', `${RULES}/populate-defaults`), 409, 'tax_seller_country_required');
  });
});

describe('wrong tax rates', () => {
  // Nothing is stored, so all of these can be asked of one organization.
  beforeAll(async () => {
    desk = await TaxDesk.open(stack);
  });

  it.each<[string, object, string]>([
    ['no country', { country: undefined }, 'country'],
    ['a country that is none', { country: 'ZZ' }, 'country'],
    ['a region that is none', { country: 'CA', code: 'CA_X', region: 'ZZ' }, 'region'],
    ['a type of another country', { type: 'qst' }, 'type'],
    ['a code of another country', { code: 'DE_SPECIAL' }, 'code'],
    ['no code', { code: undefined }, 'code'],
    ['a code with blanks', { code: 'LI SPECIAL' }, 'code'],
    ['an operator as code', { code: { $gt: '' } }, 'code'],
    ['an unknown type', { type: 'duty' }, 'type'],
    ['no rate', { rate: undefined }, 'rate'],
    ['a rate as text', { rate: '19' }, 'rate'],
    ['a negative rate', { rate: -1 }, 'rate'],
    ['a rate above 100', { rate: 100.01 }, 'rate'],
    ['five decimals', { rate: 9.97501 }, 'rate'],
    ['no first day', { validFrom: undefined }, 'validFrom'],
    ['an instant without a zone', { validFrom: '2026-01-01T00:00:00' }, 'validFrom'],
    ['an instant', { validFrom: '2026-01-01T00:00:00Z' }, 'validFrom'],
    ['a German date', { validFrom: '01.01.2026' }, 'validFrom'],
    ['a day that is none', { validFrom: '2026-02-30' }, 'validFrom'],
    ['an end before the beginning', { validTo: '2023-12-31' }, 'validTo'],
    ['a source', { source: 'default' }, 'source'],
    ['an organization', { organizationId: newObjectId() }, 'organizationId'],
  ])('with %s are refused', async (_name, wrong, field) => {
    expectRefusal(await createRate(wrong), 400, 'validation_failed', field);
    expect((await rates()).total).toBe(0);
  });
});

describe('wrong tax rules', () => {
  // Nothing is stored, so all of these can be asked of one organization.
  beforeAll(async () => {
    desk = await TaxDesk.open(stack);
  });

  it.each<[string, object, string]>([
    ['no name', { name: '' }, 'name'],
    ['a seller country that is none', { sellerCountry: 'ZZ' }, 'sellerCountry'],
    ['a buyer country that is none', { buyerCountry: 'ZZ' }, 'buyerCountry'],
    ['a list of buyer countries', { buyerCountry: ['AT'] }, 'buyerCountry'],
    ['an unknown kind of buyer', { buyerType: 'B2G' }, 'buyerType'],
    ['no supply type', { supplyTypes: [] }, 'supplyTypes'],
    ['a supply type twice', { supplyTypes: ['goods', 'goods'] }, 'supplyTypes'],
    ['an operator as supply type', { supplyTypes: [{ $gt: '' }] }, 'supplyTypes'],
    ['no treatment', { treatment: undefined }, 'treatment'],
    ['a treatment rules cannot decide', { treatment: 'manual' }, 'treatment'],
    ['no rate code for a standard rate', { treatment: 'standard' }, 'rateCode'],
    ['no rate code for a reduced rate', { treatment: 'reduced' }, 'rateCode'],
    ['reverse charge for consumers', { treatment: 'reverse_charge' }, 'buyerType'],
    ['a malformed rate code', { rateCode: 'de-standard' }, 'rateCode'],
    ['too much evidence', { evidenceRequired: 6 }, 'evidenceRequired'],
    ['a fraction as priority', { priority: 0.5 }, 'priority'],
    ['a priority beyond all', { priority: 1001 }, 'priority'],
    ['text as active', { active: 'yes' }, 'active'],
    ['an instant', { effectiveFrom: '2026-01-01T00:00:00' }, 'effectiveFrom'],
    ['an end before the beginning', { effectiveFrom: '2026-01-02', effectiveTo: '2026-01-01' }, 'effectiveTo'],
    ['an unknown field', { defaultKey: 'x' }, 'defaultKey'],
  ])('with %s are refused', async (_name, wrong, field) => {
    expectRefusal(await createRule(wrong), 400, 'validation_failed', field);
    expect((await rules()).total).toBe(0);
  });
});
