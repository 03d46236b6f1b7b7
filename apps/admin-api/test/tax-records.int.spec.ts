import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newObjectId, TenantScope } from '@paygate/kernel';
import { taxMoved } from '@paygate/messages';
import type { TaxMoved } from '@paygate/messages';
import { EventPublisher } from '@paygate/messaging-kit';
import { eventually } from '@paygate/testing';
import fc from 'fast-check';
import { RecordTaxMovement, TAX_DIMENSIONS, TaxRecordsRepository, TaxSums } from '../src/tax-records/index.js';
import { AdminStack } from './fixture/admin-stack.js';
import { reversalOf, taxMovement } from './fixture/tax-movements.js';
import type { MovementWish } from './fixture/tax-movements.js';

interface RecordBody {
  id: string;
  standing: string;
  standingReason?: string;
  taxVersion: number;
  net: number;
  tax: number;
  gross: number;
  sourceKind: string;
}

describe('tax records', () => {
  let stack: AdminStack;
  let scope: TenantScope;
  let key: string;
  let siteId: string;

  beforeAll(async () => {
    stack = await AdminStack.start();
  }, 60_000);
  afterAll(async () => stack.stop());
  beforeEach(() => {
    scope = TenantScope.of(newObjectId(), false);
    siteId = newObjectId();
  });

  const get = <T>(type: new (...args: never[]) => T): T => stack.app.get(type, { strict: false });
  const movement = (wish?: MovementWish): TaxMoved => taxMovement(scope, siteId, wish);
  const record = (...movements: TaxMoved[]): Promise<boolean[]> =>
    movements.reduce<Promise<boolean[]>>(
      async (before, each) => [...(await before), await get(RecordTaxMovement).execute(each)],
      Promise.resolve([]),
    );
  const listed = async (filter: object = {}) =>
    (await get(TaxRecordsRepository).list(scope, filter, { page: 1, limit: 100 })).items.map(
      ({ sourceKind, taxVersion, standing, net, tax, gross }) => ({ sourceKind, taxVersion, standing, net, tax, gross }),
    );

  async function newMerchant(): Promise<void> {
    const merchant = await stack.newMerchant();
    ({ scope, siteId } = merchant);
    ({ apiKey: key } = await stack.newKey(scope, { scopes: ['tax_record:*', 'tax_report:*', 'transaction:*'] }));
  }
  const call = async (path: string, status = 200) => {
    const answer = await stack.call(`/api/v1/${path}`, { key });
    expect({ path, status: answer.status, body: answer.body }).toMatchObject({ status });
    return answer.body as unknown as { taxRecords: RecordBody[]; total: number; nextCursor?: string; code: string };
  };

  describe('what is told', () => {
    it('comes through the stream, once however often it is told', async () => {
      await newMerchant();
      const sale = movement();
      const publisher = get(EventPublisher);
      for (const id of ['evt_1', 'evt_2']) {
        const event = { subject: taxMoved.subject, id: `${id}_${sale.sourceId}`, occurredAt: new Date(), requestId: 'r', payload: sale };
        await publisher.publish(event);
      }
      await publisher.publish({
        ...{ subject: taxMoved.subject, id: `evt_3_${sale.sourceId}`, occurredAt: new Date(), requestId: 'r' },
        payload: reversalOf(sale),
      });
      await eventually(async () => expect((await call('tax/records')).total).toBe(2), { timeoutMs: 15_000 });
      const { taxRecords } = await call(`transactions/${sale.transactionId}/tax-records`);
      expect(taxRecords.map(({ sourceKind, net, tax, gross }) => [sourceKind, net, tax, gross])).toEqual(
        expect.arrayContaining([
          ['transaction', 833, 167, 1000],
          ['refund', -833, -167, -1000],
        ]),
      );
      expect(await call(`tax/records/${taxRecords[0]?.id ?? ''}`)).toEqual(taxRecords[0]);
      await call(`tax/records/${newObjectId()}`, 404);
      await call(`transactions/${newObjectId()}/tax-records`, 404);
      await call(`invoices/${newObjectId()}/tax-records`, 404);
    });

    it('has one record for each row, and one for what is not taxed', async () => {
      await record(
        movement({
          breakdown: [
            { taxableBase: 833, taxAmount: 167 },
            { taxableBase: 100, taxAmount: 7, taxRate: 7 },
          ],
          untaxed: 55,
        }),
      );
      expect((await listed()).map(({ net, tax, gross }) => [net, tax, gross])).toEqual(
        expect.arrayContaining([
          [833, 167, 1000],
          [100, 7, 107],
          [55, 0, 55],
        ]),
      );
      expect(await listed({ taxTreatment: 'untaxed' })).toHaveLength(1);
    });

    it.each([
      ['in order', [0, 1, 2]],
      ['backwards', [2, 1, 0]],
      ['mixed', [1, 2, 0]],
    ])('counts the highest version, %s', async (_name, order) => {
      const transactionId = newObjectId();
      const versions = [1, 2, 3].map((taxVersion) =>
        movement({ transactionId, taxVersion, breakdown: [{ taxableBase: taxVersion, taxAmount: 0 }] }),
      );
      await record(...order.flatMap((i) => versions[i] ?? []), ...versions);
      const found = await listed();
      expect(found.map(({ taxVersion, standing }) => [taxVersion, standing]).sort()).toEqual([
        [1, 'superseded'],
        [2, 'superseded'],
        [3, 'active'],
      ]);
    });

    it.each([true, false])('a word that takes back voids what it takes back, told first: %s', async (first) => {
      const sale = movement();
      const dispute = reversalOf(sale, { sourceKind: 'chargeback' });
      const won = reversalOf(dispute, {
        ...{ sourceKind: 'chargeback', sourceId: dispute.sourceId, taxVersion: 2 },
        voided: true,
        breakdown: [],
        untaxed: 0,
      });
      await record(sale, ...(first ? [won, dispute] : [dispute, won]));
      expect((await listed({ sourceKind: 'chargeback' })).map(({ standing }) => standing)).toEqual(['voided']);
      const [left] = await get(TaxSums).read(scope, { standing: 'active' }, []);
      expect(left).toMatchObject({ count: 1, gross: 1000 });
    });

    it('two instances that are told at once write it once, and the higher of two versions counts', async () => {
      const transactionId = newObjectId();
      const both = [1, 2].map((taxVersion) => movement({ transactionId, taxVersion }));
      const done = await Promise.all([...both, ...both].map((each) => get(RecordTaxMovement).execute(each)));
      expect(done.filter(Boolean)).toHaveLength(2);
      expect((await listed()).map(({ taxVersion, standing }) => [taxVersion, standing]).sort()).toEqual([
        [1, 'superseded'],
        [2, 'active'],
      ]);
    });

    it('never reaches another tenant', async () => {
      await newMerchant();
      const mine = movement();
      await record(mine);
      const other = await stack.newMerchant();
      const foreign = await stack.newKey(other.scope, { scopes: ['tax_record:*'] });
      expect((await stack.call('/api/v1/tax/records', { key: foreign.apiKey })).body).toMatchObject({ taxRecords: [], total: 0 });
      const live = await stack.newKey(TenantScope.of(scope.organizationId, true), { scopes: ['tax_record:*'] });
      expect((await stack.call('/api/v1/tax/records', { key: live.apiKey })).body).toMatchObject({ total: 0 });
    });
  });

  describe('sums', () => {
    const HOUR = 3_600_000;
    const START = Date.UTC(2026, 0, 30);
    const wish = fc.record({
      hours: fc.integer({ min: 0, max: 96 }),
      country: fc.constantFrom('FR', 'AT'),
      net: fc.integer({ min: 1, max: 500 }),
      versions: fc.integer({ min: 1, max: 2 }),
      refunded: fc.boolean(),
      fold: fc.boolean(),
    });

    it('are those of the records, for any period, folded or not; a sale and its return come to nothing', async () => {
      const cut = fc.option(fc.integer({ min: 0, max: 100 * 4 }), { nil: undefined });
      await fc.assert(
        fc.asyncProperty(fc.array(wish, { minLength: 1, maxLength: 5 }), cut, cut, async (wishes, from, until) => {
          scope = TenantScope.of(newObjectId(), false);
          for (const { hours, country, net, versions, refunded, fold } of wishes) {
            const transactionId = newObjectId();
            const recognizedAt = new Date(START + hours * HOUR).toISOString();
            for (let taxVersion = 1; taxVersion <= versions; taxVersion++) {
              const breakdown = [{ taxCountry: country, taxableBase: net * taxVersion, taxAmount: net }];
              const sale = movement({ transactionId, taxVersion, recognizedAt, breakdown });
              await record(sale, ...(refunded && taxVersion === versions ? [reversalOf(sale)] : []));
            }
            if (fold) await get(TaxSums).foldAll();
          }
          const at = (quarters: number | undefined): Date | undefined =>
            quarters === undefined ? undefined : new Date(START + (quarters * HOUR) / 4);
          const [start, end] = [at(from), at(until)];
          const period = { ...(start ? { from: start } : {}), ...(end ? { until: end } : {}) };
          const sorted = (rows: object[]): string[] => rows.map((row) => JSON.stringify(row)).sort();
          const summed = await get(TaxSums).read(scope, period, TAX_DIMENSIONS);
          expect(sorted(summed)).toEqual(sorted(await get(TaxSums).readRecords(scope, period, TAX_DIMENSIONS)));
          const kept = wishes.filter(({ refunded }) => !refunded).reduce((sum, { net, versions }) => sum + net * versions, 0);
          const [active] = await get(TaxSums).read(scope, { standing: 'active' }, []);
          expect(active?.net ?? 0).toBe(kept);
        }),
        { numRuns: 15 },
      );
    });

    it('are the same when they are counted anew', async () => {
      const sale = movement();
      await record(sale, movement({ currency: 'USD' }), reversalOf(sale));
      const before = await get(TaxSums).read(scope, {}, TAX_DIMENSIONS);
      await get(TaxSums).recount(scope);
      const after = await get(TaxSums).read(scope, {}, TAX_DIMENSIONS);
      const sorted = (rows: object[]): string[] => rows.map((row) => JSON.stringify(row)).sort();
      expect(sorted(after)).toEqual(sorted(before));
    });
  });

  describe('lists', () => {
    it('by every filter, going on with the cursor', async () => {
      await newMerchant();
      const invoiceId = newObjectId();
      const days = ['2026-01-31T22:30:00.000Z', '2026-01-31T23:30:00.000Z', '2026-02-01T08:00:00.000Z', '2026-02-28T23:30:00.000Z'];
      const sales = days.map((recognizedAt, i) =>
        movement({ recognizedAt, ...(i === 0 ? { invoiceId, currency: 'USD', recognitionMode: 'cash' } : {}) }),
      );
      await record(...sales, ...sales.slice(3).map((sale) => reversalOf(sale)));
      const total = async (filter: string): Promise<number> => {
        const body = await call(`tax/records?${filter}`);
        expect(body.total).toBe(body.taxRecords.length);
        return body.total;
      };
      expect(await total('')).toBe(5);
      expect(await total('from=2026-02-01&to=2026-02-28')).toBe(3);
      expect(await total('startDate=2026-02-01&endDate=2026-02-28&timezone=Europe/Berlin')).toBe(2);
      expect(await total('from=2026-01-31T23:30:00Z&to=2026-02-01T08:00:00Z')).toBe(2);
      expect(await total('sourceKind=refund')).toBe(1);
      expect(await total('taxCountry=fr&taxTreatment=oss&standing=active')).toBe(5);
      expect(await total('taxCountry=DE')).toBe(0);
      expect(await total('currency=USD')).toBe(1);
      expect(await total('recognitionMode=cash')).toBe(1);
      expect(await total(`siteId=${siteId}`)).toBe(5);
      expect(await total(`invoiceId=${invoiceId}`)).toBe(1);
      expect(await total(`transactionId=${sales[3]?.transactionId ?? ''}`)).toBe(2);
      expect((await call(`invoices/${invoiceId}/tax-records`)).total).toBe(1);
      const seen: string[] = [];
      for (let cursor: string | undefined = ''; cursor !== undefined;) {
        const page: { taxRecords: RecordBody[]; nextCursor?: string } = await call(`tax/records?limit=2${cursor && `&cursor=${cursor}`}`);
        seen.push(...page.taxRecords.map(({ id }) => id));
        cursor = page.nextCursor;
      }
      expect(new Set(seen).size).toBe(5);
      expect(seen).toHaveLength(5);
    });

    it.each([
      ['from=2026-01-31T10:00', 'from'],
      ['startDate=31.01.2026', 'startDate'],
      ['timezone=%2B02:00', 'timezone'],
      ['timezone=Europe/Atlantis', 'timezone'],
      ['from=2026-02-01&to=2026-01-01', 'startDate'],
      ['from=2026-02-01&startDate=2026-01-01', 'from'],
      ['sourceKind=sale', 'sourceKind'],
      ['taxCountry=FRA', 'taxCountry'],
      ['recognitionMode=later', 'recognitionMode'],
      ['taxTreatment=none', 'taxTreatment'],
      ['currency=XXX', 'currency'],
      ['siteId=x', 'siteId'],
    ])('refuses %s', async (query, field) => {
      key = (await stack.newKey((await stack.newMerchant()).scope, { scopes: ['tax_record:*'] })).apiKey;
      const body = (await call(`tax/records?${query}`, 400)) as unknown as { code: string; details: { field: string }[] };
      expect(body.code).toBe('validation_failed');
      expect(body.details.map((detail) => detail.field)).toContain(field);
    });
  });
});
