import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getConnectionToken } from '@nestjs/mongoose';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newObjectId, TenantScope } from '@paygate/kernel';
import type { TaxMoved } from '@paygate/messages';
import { eventually } from '@paygate/testing';
import fc from 'fast-check';
import type { Connection, mongo } from 'mongoose';
import { UpdateOrganization } from '../src/organizations/index.js';
import { RecordTaxMovement, TaxSums } from '../src/tax-records/index.js';
import { AdminStack } from './fixture/admin-stack.js';
import { FakeTaxes, startFakeTaxes } from './fixture/fake-taxes.js';
import { signInPerson } from './fixture/people.js';
import { reversalOf, taxMovement } from './fixture/tax-movements.js';
import type { MovementWish } from './fixture/tax-movements.js';

interface Sum {
  country: string;
  currency: string;
  records: number;
  net: number;
  tax: number;
  gross: number;
}
interface Body {
  code: string;
  message: string;
  details: { field: string }[];
  countries: Sum[];
  totals: (Sum & { untaxed: number })[] & { due: number; corrections: number };
  currencies: string[];
  taxRecords: { sourceKind: string; taxCountry: string }[];
  total: number;
  rows: object[];
  corrections: object[];
  exchangeRates: object[];
  jobId: string;
  status: string;
  processed: number;
  changed: number;
  skipped: number;
  errors: { transactionId?: string; code: string; message: string }[];
}

describe('tax reports', () => {
  let stack: AdminStack;
  let fakeTaxes: NestFastifyApplication;
  let scope: TenantScope;
  let key: string;
  let siteId: string;

  beforeAll(async () => {
    stack = await AdminStack.start();
    fakeTaxes = await startFakeTaxes(stack);
  }, 60_000);
  afterAll(async () => {
    await fakeTaxes.close();
    await stack.stop();
  });

  const get = <T>(type: new (...args: never[]) => T): T => stack.app.get(type, { strict: false });
  const movement = (wish?: MovementWish): TaxMoved => taxMovement(scope, siteId, wish);

  async function record(...movements: TaxMoved[]): Promise<void> {
    for (const each of movements) await get(RecordTaxMovement).execute(each);
  }
  async function newMerchant(): Promise<void> {
    ({ scope, siteId } = await stack.newMerchant());
    ({ apiKey: key } = await stack.newKey(scope, { scopes: ['tax_record:*', 'tax_report:*', 'transaction:*'] }));
  }
  async function call(path: string, { status = 200, method = 'GET', body }: { status?: number; method?: string; body?: object } = {}) {
    const answer = await stack.call(`/api/v1/${path}`, { key, method, body });
    expect({ path, status: answer.status, body: answer.body }).toMatchObject({ status });
    return answer.body as unknown as Body;
  }
  async function download(path: string) {
    const answer = await fetch(`${stack.url}/api/v1/${path}`, { headers: { authorization: `Bearer ${key}` } });
    const { headers } = answer;
    return {
      status: answer.status,
      type: headers.get('content-type'),
      name: headers.get('content-disposition'),
      text: await answer.text(),
    };
  }

  describe('by country', () => {
    const austrian = { taxCountry: 'AT', taxRateCode: 'AT_STANDARD', taxableBase: 1000, taxAmount: 200 };
    let invoiceId: string;

    beforeAll(async () => {
      await newMerchant();
      invoiceId = newObjectId();
      const returned = movement({ recognizedAt: '2026-01-31T23:30:00.000Z' });
      await record(
        ...[returned, reversalOf(returned, { recognizedAt: '2026-02-20T12:00:00.000Z' })],
        movement({ parties: { buyerCountry: 'AT' }, breakdown: [austrian], untaxed: 77 }),
        movement({ currency: 'JPY', breakdown: [{ taxableBase: 1000, taxAmount: 200 }] }),
        // The payment of an invoice, and the invoice.
        movement({ invoiceId, breakdown: [austrian] }),
        movement({ sourceKind: 'invoice', sourceId: invoiceId, breakdown: [austrian] }),
      );
    });

    it('sums by country and currency, each currency for itself', async () => {
      const { countries, totals } = await call('tax/reports/by-country?startDate=2026-01-01&endDate=2026-12-31&source=transactions');
      expect(countries.map(({ country, currency, records, net, tax, gross }) => [country, currency, records, net, tax, gross])).toEqual([
        ['AT', 'EUR', 2, 1077, 200, 1277],
        ['FR', 'EUR', 3, 1000, 200, 1200],
        ['FR', 'JPY', 1, 1000, 200, 1200],
      ]);
      expect(totals).toMatchObject([
        { currency: 'EUR', gross: 2477, untaxed: 77 },
        { currency: 'JPY', gross: 1200, untaxed: 0 },
      ]);
    });

    it('by the country that taxes when asked to', async () => {
      const { countries } = await call('tax/reports/by-country?source=transactions&countryBasis=tax&currency=EUR');
      expect(countries.map(({ country, records, net }) => [country, records, net])).toEqual([
        ['AT', 3, 2077],
        ['FR', 2, 0],
      ]);
    });

    it.each([
      ['transactions', 2477],
      ['invoices', 1200],
      ['both', 2477],
    ])('from %s: the payment of an invoice counts once', async (source, gross) => {
      const { totals } = await call(`tax/reports/by-country?source=${source}&currency=EUR`);
      expect(totals.map((total) => total.gross)).toEqual([gross]);
    });

    it('ends days where the zone ends them', async () => {
      const month = 'startDate=2026-02-01&endDate=2026-02-28&currency=EUR&source=transactions';
      const utc = await call(`tax/reports/by-country?${month}`);
      const berlin = await call(`tax/reports/by-country?${month}&timezone=Europe/Berlin`);
      const of = ({ countries }: Body): number | undefined => countries.find(({ country }) => country === 'FR')?.gross;
      expect([of(utc), of(berlin)]).toEqual([200, 1200]);
    });

    it('means days of the zone in the organization’s profile where none is named', async () => {
      const days = 'startDate=2026-01-31&endDate=2026-01-31';
      const zones = async (): Promise<[number, number]> => {
        const { countries } = await call(`tax/reports/by-country?${days}&source=transactions`);
        const { total } = await call(`tax/records?${days}&sourceKind=transaction&currency=EUR`);
        return [countries.length, total];
      };
      expect(await zones()).toEqual([1, 1]);
      await get(UpdateOrganization).execute(scope, { timezone: 'Europe/Berlin' });
      expect(await zones()).toEqual([0, 0]);
      await get(UpdateOrganization).execute(scope, { timezone: null });
    });

    it('shows the rows behind a country', async () => {
      const { taxRecords, total } = await call('tax/reports/by-country/details?country=fr&currency=EUR&source=transactions');
      expect(total).toBe(3);
      expect(taxRecords.map(({ sourceKind }) => sourceKind).sort()).toEqual(['refund', 'transaction', 'transaction']);
    });

    it('tells revenue from what went back, and names the currencies', async () => {
      const { countries } = await call(`tax/reports/revenue-by-country?currency=EUR&siteId=${siteId}`);
      expect(countries.find(({ country }) => country === 'FR')).toMatchObject({ sales: { gross: 2200 }, refunds: { gross: -1000 } });
      expect(await call('tax/reports/currencies')).toEqual({ currencies: ['EUR', 'JPY'] });
      expect(await call('tax/reports/currencies?startDate=2030-01-01')).toEqual({ currencies: [] });
      expect(await call(`tax/reports/currencies?siteId=${newObjectId()}`)).toEqual({ currencies: [] });
    });

    it('downloads as CSV', async () => {
      const file = await download('tax/reports/by-country/export?startDate=2026-01-01&endDate=2026-03-31&source=transactions');
      expect([file.status, file.type, file.name]).toEqual([
        200,
        'text/csv; charset=utf-8',
        'attachment; filename="tax-by-country-2026-01-01-2026-03-31.csv"',
      ]);
      expect(file.text.split('\n')).toEqual([
        'country,currency,taxTreatment,rateCode,rate,records,net,tax,gross',
        'AT,EUR,oss,AT_STANDARD,20,1,10.00,2.00,12.00',
        'AT,EUR,untaxed,UNTAXED,0,1,0.77,0.00,0.77',
        'FR,EUR,oss,AT_STANDARD,20,1,10.00,2.00,12.00',
        'FR,EUR,oss,FR_STANDARD,20,2,0.00,0.00,0.00',
        'FR,JPY,oss,FR_STANDARD,20,1,1000,200,1200',
        '',
      ]);
      const revenue = await download('tax/reports/revenue-by-country/export?currency=JPY');
      expect([revenue.name, revenue.text]).toEqual([
        'attachment; filename="revenue-by-country.csv"',
        'country,currency,records,sales,refunds,chargebacks,net,tax,gross\nFR,JPY,1,1200,0,0,1000,200,1200\n',
      ]);
    });

    it('adds up to the whole, for any partition in time and zone', async () => {
      const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland');
      const day = fc.integer({ min: 1, max: 27 }).map((n) => `2026-02-${String(n).padStart(2, '0')}`);
      await fc.assert(
        fc.asyncProperty(zone, day, async (timezone, cut) => {
          const next = `2026-02-${String(Number(cut.slice(8)) + 1).padStart(2, '0')}`;
          const query = `tax/reports/by-country?timezone=${timezone}&source=transactions&currency=EUR`;
          const [first, second, whole] = [
            await call(`${query}&endDate=${cut}`),
            await call(`${query}&startDate=${next}`),
            await call(query),
          ];
          const gross = (report: Body): number => report.totals.reduce((sum, total) => sum + total.gross, 0);
          expect(gross(first) + gross(second)).toBe(gross(whole));
        }),
        { numRuns: 10 },
      );
    });

    it.each([
      ['by-country?startDate=2026-02-01T10:00', 'startDate'],
      ['by-country?endDate=2026-02-30', 'endDate'],
      ['by-country?timezone=Berlin', 'timezone'],
      ['by-country?startDate=2026-02-01&endDate=2026-01-01', 'startDate'],
      ['by-country?source=all', 'source'],
      ['by-country?currency=EURO', 'currency'],
      ['by-country?countryBasis=shop', 'countryBasis'],
      ['by-country/details', 'country'],
      ['by-country/details?country=FR&page=0', 'page'],
      ['vat-oss?year=2026', 'quarter'],
      ['vat-oss?year=2026&quarter=5', 'quarter'],
      ['vat-oss?year=2026&quarter=0', 'quarter'],
      ['vat-oss?year=2026&quarter=1.5', 'quarter'],
      ['vat-oss?year=26&quarter=1', 'year'],
      ['vat-oss?quarter=1', 'year'],
      ['vat-oss/export-elster?year=2026&quarter=1&decimal=point', 'decimal'],
    ])('refuses %s', async (path, field) => {
      const { code, details } = await call(`tax/reports/${path}`, { status: 400 });
      expect([code, details.map((detail) => detail.field)]).toEqual(['validation_failed', [field]]);
    });
  });

  describe('One-Stop-Shop', () => {
    const QUARTER = 'year=2026&quarter=1';

    beforeAll(async () => {
      await newMerchant();
      const evidence = { pieces: [], required: 2, agreeing: 2, contradicting: false, sufficient: true };
      const old = movement({ recognizedAt: '2025-12-31T23:30:00.000Z', breakdown: [{ taxableBase: 5000, taxAmount: 1000 }] });
      const sale = movement({ evidence });
      await record(
        ...[old, reversalOf(old, { recognizedAt: '2026-01-15T08:00:00.000Z' }), sale, reversalOf(sale), movement({ evidence })],
        movement({ currency: 'USD', breakdown: [{ taxableBase: 2000, taxAmount: 400 }] }),
        movement({
          breakdown: [{ treatment: 'standard', taxCountry: 'DE', reason: 'below_oss_threshold', taxableBase: 300, taxAmount: 57 }],
        }),
      );
    });

    it('needs the reference rate of the last day', async () => {
      const { code, message } = await call(`tax/reports/vat-oss?${QUARTER}`, { status: 409 });
      expect([code, message]).toEqual(['exchange_rate_missing', expect.stringContaining('USD on 2026-03-31')]);
      const { accessToken } = await signInPerson(stack, { globalAdmin: true });
      const body = { rates: [{ day: '2026-03-31', currency: 'USD', unitsPerEuro: 2 }] };
      expect((await stack.call('/api/v1/system/exchange-rates', { method: 'PUT', key: accessToken, body })).status).toBe(200);
    });

    it('declares the sales of the quarter, and corrects those of earlier ones', async () => {
      expect(await call(`tax/reports/vat-oss?${QUARTER}`)).toMatchObject({
        ...{ year: 2026, quarter: 1, currency: 'EUR', scheme: 'union' },
        rows: [{ country: 'FR', supply: 'services', rateType: 'STANDARD', rate: 20, net: 833 + 1000, tax: 167 + 200 }],
        corrections: [{ country: 'FR', year: 2025, quarter: 4, tax: -1000 }],
        totals: { net: 1833, tax: 367, corrections: -1000, due: 0 },
        exchangeRates: [{ currency: 'USD', unitsPerEuro: '2', day: '2026-03-31' }],
      });
    });

    it('puts a sale of the last half hour into the quarter of the zone', async () => {
      const { rows, corrections } = await call(`tax/reports/vat-oss?${QUARTER}&timezone=Europe/Berlin`);
      expect(rows).toMatchObject([{ net: 1833, tax: 367 }]);
      expect(corrections).toEqual([]);
    });

    it('shows the records behind it', async () => {
      expect((await call(`tax/reports/vat-oss/details?${QUARTER}`)).total).toBe(5);
      expect((await call(`tax/reports/vat-oss/details?${QUARTER}&country=FR&rateCode=FR_STANDARD&supplyType=digital_service`)).total).toBe(
        5,
      );
      expect((await call(`tax/reports/vat-oss/details?${QUARTER}&country=AT`)).total).toBe(0);
    });

    it('downloads as XML and as CSV for the portal', async () => {
      const xml = await download(`tax/reports/vat-oss/export?${QUARTER}`);
      expect([xml.status, xml.type, xml.name]).toEqual([
        200,
        'application/xml; charset=utf-8',
        'attachment; filename="vat-oss-2026-Q1.xml"',
      ]);
      expect(xml.text).toContain('<TotalVATAmountCorrection>-10.00</TotalVATAmountCorrection>');
      const csv = await download(`tax/reports/vat-oss/export-elster?${QUARTER}&decimal=comma`);
      expect([csv.status, csv.type, csv.name]).toEqual([
        200,
        'text/csv; charset=utf-8',
        'attachment; filename="vat-oss-elster-2026-Q1.csv"',
      ]);
      expect(csv.text).toBe('#v2.0\r\n1,FR\r\n2,FR,STANDARD,"20,00","18,33","3,67"\r\n6,FR,2025,4,"-10,00"\r\n');
    });
  });

  describe('rebuild', () => {
    const path = 'transactions/bulk-recalculate-tax';
    const taxes = (): FakeTaxes => fakeTaxes.get(FakeTaxes);
    const ended = async (jobId: string): Promise<Body> => {
      let job = await call(`${path}/${jobId}`);
      await eventually(
        async () => {
          job = await call(`${path}/${jobId}`);
          expect(job.status).not.toBe('running');
        },
        { timeoutMs: 20_000 },
      );
      return job;
    };

    it('writes what is missing, sets right what differs, and finds nothing the second time', async () => {
      await newMerchant();
      await call(path, { status: 404 });
      const [right, missing, altered, ofInvoice] = [movement(), movement(), movement(), movement({ invoiceNumber: 'INV-1' })];
      const refund = reversalOf(missing);
      await record(right, altered);
      for (const told of [[right], [missing, refund], [altered], [ofInvoice]]) taxes().add(scope, told);
      const wrong = taxes().add(scope, [movement()]);
      Object.assign(wrong, { calculation: { ...wrong.calculation, totalTax: 1 } });
      const database = stack.app.get<Connection>(getConnectionToken());
      await database.collection('tax_records').updateOne({ sourceId: altered.sourceId }, { $set: { net: 1, gross: 168 } });
      taxes().failures = 1;
      const { jobId } = await call(path, { method: 'POST', status: 201, body: {} });
      expect(await call(path)).toMatchObject({ jobId });
      const job = await ended(jobId);
      expect(job).toMatchObject({ status: 'completed', processed: 5, total: 5, changed: 3, skipped: 1 });
      expect(job.errors.map(({ transactionId, code }) => [transactionId, code]).sort()).toEqual(
        [
          [altered.transactionId, 'record_differs'],
          [altered.transactionId, 'record_differs'],
          [missing.transactionId, 'record_missing'],
          [missing.transactionId, 'record_missing'],
          [wrong.transactionId, 'calculation_differs'],
          [wrong.transactionId, 'record_missing'],
          ...(job.errors.some(({ code }) => code === 'sums_differ') ? [[undefined, 'sums_differ']] : []),
        ].sort(),
      );
      expect(job.errors.find(({ code }) => code === 'record_differs')?.message).toContain('net was 1 instead of 833');
      const { totals } = await call('tax/reports/by-country');
      expect(totals).toMatchObject([{ gross: 1000 + 0 + 1000 + 1000 }]);
      expect(await get(TaxSums).setRight(scope)).toBe(false);
      const again = await ended((await call(path, { method: 'POST', status: 201, body: {} })).jobId);
      expect(again).toMatchObject({ changed: 0, skipped: 1, errors: [{ code: 'calculation_differs' }] });
    });

    it('one at a time; another instance goes on where one has stopped', async () => {
      await newMerchant();
      for (let i = 0; i < 5; i++) taxes().add(scope, [movement()]);
      taxes().failures = 1;
      const { jobId } = await call(path, { method: 'POST', status: 201, body: { siteId } });
      expect((await call(path, { method: 'POST', status: 409, body: {} })).code).toBe('job_running');
      // As a process leaves it that ends in the middle.
      const rebuilds = stack.app.get<Connection>(getConnectionToken()).collection<{ _id: string }>('tax_rebuilds');
      await rebuilds.updateOne(
        { _id: jobId, status: 'running' },
        { $set: { holder: 'gone', leaseUntil: new Date(0), nextAt: new Date(0) } },
      );
      expect(await ended(jobId)).toMatchObject({ status: 'completed', processed: 5, total: 5, changed: 5 });
    });

    it('refuses what makes no sense', async () => {
      await newMerchant();
      for (const [body, field] of [
        [{ from: '2026-02-01', to: '2026-01-01' }, 'from'],
        [{ siteId: 'x' }, 'siteId'],
        [{ clientId: newObjectId() }, 'clientId'],
      ] as const) {
        const { details } = await call(path, { method: 'POST', status: 400, body });
        expect(details.map((detail) => detail.field)).toEqual([field]);
      }
      expect((await call(`${path}/txr_${'0'.repeat(26)}`, { status: 404 })).code).toBe('job_not_found');
      expect((await call(`${path}/x`, { status: 404 })).code).toBe('job_not_found');
    });
  });

  describe('every question reads along an index', () => {
    const READS = new Set(['find', 'aggregate', 'count']);
    const SESSION_FIELDS = [
      'lsid',
      '$clusterTime',
      '$db',
      'txnNumber',
      'startTransaction',
      'autocommit',
      'readConcern',
      'cursor',
      '$readPreference',
    ];
    const COLLECTIONS = ['tax_records', 'tax_rollups', 'tax_rebuilds', 'tax_sources'];
    interface Stage {
      stage: string;
      inputStage?: Stage;
    }

    beforeAll(async () => {
      await newMerchant();
      await record(...Array.from({ length: 5 }, (_, i) => movement({ recognizedAt: `2026-02-1${i}T10:00:00.000Z` })));
    });

    async function plansOf(ask: () => Promise<unknown>): Promise<string[][]> {
      const database = stack.app.get<Connection>(getConnectionToken());
      const client = database.getClient();
      const commands: mongo.Document[] = [];
      const watch = (event: mongo.CommandStartedEvent): void => {
        if (READS.has(event.commandName) && COLLECTIONS.includes(String(Object.values(event.command)[0]))) commands.push(event.command);
      };
      client.on('commandStarted', watch);
      await ask().finally(() => client.off('commandStarted', watch));
      const plans: string[][] = [];
      for (const command of commands) {
        const question = Object.fromEntries(Object.entries(command).filter(([field]) => !SESSION_FIELDS.includes(field)));
        const explain = 'aggregate' in question ? { ...question, cursor: {} } : question;
        const answer = await client.db(database.name).command({ explain, verbosity: 'queryPlanner' });
        const stages: string[] = [];
        const { winningPlan } = (answer as { queryPlanner: { winningPlan: Stage } }).queryPlanner;
        for (let stage: Stage | undefined = winningPlan; stage; stage = stage.inputStage) stages.push(stage.stage);
        plans.push(stages);
      }
      return plans;
    }

    it.each(
      [
        ...['', 'sourceKind=refund', 'taxCountry=FR', 'recognitionMode=cash', 'taxTreatment=oss', 'standing=active', 'currency=EUR'],
        ...[`siteId=${newObjectId()}`, `transactionId=${newObjectId()}`, `invoiceId=${newObjectId()}`, 'from=2026-02-10&to=2026-02-12'],
        'from=2026-02-10T08:00:00Z&taxCountry=FR&standing=active',
      ].map((query) => `tax/records?${query}`),
    )('%s', async (query) => {
      const plans = await plansOf(() => call(query));
      expect(plans.length).toBeGreaterThanOrEqual(2);
      for (const plan of plans) expect(plan.slice(-2)).toEqual(['FETCH', 'IXSCAN']);
    });

    it.each([
      'by-country?startDate=2026-02-10&endDate=2026-02-12&timezone=Europe/Berlin',
      'by-country',
      'by-country?startDate=2026-01-01&endDate=2026-03-31&source=transactions',
      'by-country/details?country=FR',
      'by-country/details?country=FR&countryBasis=tax&source=transactions',
      'revenue-by-country?startDate=2026-02-10T08:00:00Z',
      'currencies',
      'vat-oss?year=2026&quarter=1&timezone=Europe/Berlin',
      'vat-oss/details?year=2026&quarter=1',
    ])('%s', async (query) => {
      const plans = await plansOf(() => call(`tax/reports/${query}`));
      expect(plans.length).toBeGreaterThanOrEqual(1);
      for (const plan of plans) expect(plan.slice(-2)).toEqual(['FETCH', 'IXSCAN']);
    });

    it('recording, and counting anew', async () => {
      const sale = movement();
      const plans = await plansOf(async () => {
        await record(sale, reversalOf(sale));
        await get(TaxSums).foldAll();
        await get(TaxSums).recount(scope);
      });
      for (const plan of plans) expect(plan.slice(-2)).toEqual(['FETCH', 'IXSCAN']);
    });
  });
});
