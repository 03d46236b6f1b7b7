import { newObjectId } from '@paygate/kernel';
import mongoose from 'mongoose';
import type { Progress } from '../progress.js';
import type { DemoSeed, Stack } from '../stack/stack.js';

const DATABASE = 'paygate_admin';
const RECORDS = 'tax_records';
const BATCH = 2_000;
const SAY_EVERY = 100_000;
const DAY_MS = 24 * 3600 * 1000;
/** All of a year, whatever their number. */
const DAYS = 365;
const COUNTRIES = ['AT', 'BE', 'BG', 'CY', 'CZ', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU', 'IE', 'IT', 'LT', 'LU', 'LV', 'NL', 'PL'];
/** What a report asks about each country, as plain sums. */
const SUMS = { count: { $sum: 1 }, net: { $sum: '$net' }, tax: { $sum: '$tax' }, gross: { $sum: '$gross' } };

/** Tax records of one merchant that are written into the database directly: as many as it takes, quickly. */
export class StoredTaxRecords {
  private readonly begin = Date.UTC(new Date().getUTCFullYear() - 1, 0, 1);
  private readonly siteIds: readonly string[];

  private constructor(
    private readonly connection: mongoose.Connection,
    private readonly stack: Stack,
    private readonly seed: DemoSeed,
  ) {
    this.siteIds = [seed.siteId, newObjectId()];
  }

  static async connect(stack: Stack, seed: DemoSeed): Promise<StoredTaxRecords> {
    return new StoredTaxRecords(await mongoose.createConnection(stack.urls.mongo, { dbName: DATABASE }).asPromise(), stack, seed);
  }

  get year(): number {
    return new Date(this.begin).getUTCFullYear();
  }

  async close(): Promise<void> {
    await this.connection.close();
  }

  /** admin-api is down meanwhile: it sums, when it starts, what was stored without its doing. */
  async fill(count: number, progress: Progress): Promise<void> {
    const service = this.stack.process('admin-api');
    await service.stop();
    const rows = this.connection.collection<{ _id: string }>(RECORDS);
    for (let done = 0; done < count;) {
      const first = done;
      const batch = Array.from({ length: Math.min(BATCH, count - first) }, (_, i) =>
        this.row(first + i, new Date(this.begin + Math.floor(((first + i + 0.5) / count) * DAYS * DAY_MS))),
      );
      await rows.insertMany(batch, { ordered: false });
      done += batch.length;
      if (done % SAY_EVERY === 0) progress.line(`    ${done} stored`);
    }
    await this.connection.collection('tax_rollups').deleteMany({});
    await service.start();
  }

  /** The sums of a report, by looking at every record. @returns how many records there are */
  async scan(): Promise<number> {
    const { organizationId } = this.seed;
    const _id = { country: '$buyerCountry', currency: '$currency', treatment: '$taxTreatment', rateCode: '$rateCode', rate: '$rate' };
    const groups = await this.connection
      .collection(RECORDS)
      .aggregate<{ count: number }>([{ $match: { organizationId, livemode: false, standing: 'active' } }, { $group: { _id, ...SUMS } }], {
        hint: { $natural: 1 },
      })
      .toArray();
    return groups.reduce((sum, { count }) => sum + count, 0);
  }

  private row(n: number, recognizedAt: Date): { _id: string } {
    const mixed = (n * 7919) % 100;
    const country = COUNTRIES[(n * 31) % COUNTRIES.length] ?? 'FR';
    const sourceKind = mixed < 93 ? 'transaction' : mixed < 99 ? 'refund' : 'chargeback';
    const sign = sourceKind === 'transaction' ? 1 : -1;
    const goods = mixed % 4 === 0;
    const [net, tax] = [833 * sign, 167 * sign];
    const sourceId = newObjectId(recognizedAt);
    const row = {
      ...{ _id: newObjectId(recognizedAt), organizationId: this.seed.organizationId, livemode: false, standing: 'active' },
      ...{ siteId: this.siteIds[mixed % 3 === 0 ? 1 : 0], sourceKind, sourceId, transactionId: sourceId, invoiced: false },
      ...{ movementId: `${sourceKind}-${sourceId}-1`, taxVersion: 1, row: 0, recognizedAt, recognitionMode: 'accrual' },
      ...{ sellerCountry: 'DE', buyerCountry: country, buyerType: 'B2C', taxCountry: country, taxRegion: '' },
      ...{ supplyType: goods ? 'goods' : 'digital_service', taxTreatment: 'oss', reason: 'oss_union', category: 'S' },
      ...{ rateCode: `${country}_STANDARD`, rate: 20, currency: mixed % 5 === 0 ? 'USD' : 'EUR', net, tax, gross: net + tax },
      ...{ evidenced: 1, contradicted: 0, components: [], lines: ['1'], createdAt: recognizedAt },
    };
    return row;
  }
}
