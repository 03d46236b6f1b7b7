import { newObjectId } from '@paygate/kernel';
import mongoose from 'mongoose';
import type { mongo } from 'mongoose';
import type { Progress } from '../progress.js';
import type { DemoSeed, Stack } from '../stack/stack.js';

const DATABASE = 'paygate_main';
const BATCH = 2_000;
const SAY_EVERY = 100_000;
const DAY_MS = 24 * 3600 * 1000;
/** All of a year, whatever their number, so that only the number differs. */
const DAYS = 365;
const PER_CLIENT = 20;

interface Row extends mongo.Document {
  _id: string;
}

/** Transactions of one merchant that are written into the database directly: as many as it takes, quickly. */
export class StoredTransactions {
  readonly siteIds: readonly string[];
  readonly providerIds: readonly string[];
  private readonly begin = Math.floor(Date.now() / DAY_MS) * DAY_MS - DAYS * DAY_MS;

  constructor(
    private readonly stack: Stack,
    private readonly seed: DemoSeed,
  ) {
    this.siteIds = [seed.siteId, newObjectId()];
    this.providerIds = [seed.providerId, newObjectId(), newObjectId()];
  }

  /** An instant at a part of the year, 0 to 1. */
  at(part: number): Date {
    return new Date(this.begin + Math.floor(part * DAYS * DAY_MS));
  }

  /** main-backend is down meanwhile: it counts, when it starts, what was stored without its doing. */
  async fill(count: number, progress: Progress): Promise<void> {
    const backend = this.stack.process('main-backend');
    await backend.stop();
    const connection = await mongoose.createConnection(this.stack.urls.mongo, { dbName: DATABASE }).asPromise();
    try {
      const rows = connection.collection<Row>('transactions');
      for (let done = 0; done < count;) {
        const first = done;
        const batch = Array.from({ length: Math.min(BATCH, count - first) }, (_, i) =>
          this.row(first + i, this.at((first + i + 0.5) / count)),
        );
        await rows.insertMany(batch, { ordered: false });
        done += batch.length;
        if (done % SAY_EVERY === 0) progress.line(`    ${done} stored`);
      }
      await connection.collection('transaction_tallies').deleteMany({});
    } finally {
      await connection.close();
    }
    await backend.start();
  }

  private row(n: number, createdAt: Date): Row {
    const later = new Date(createdAt.getTime() + 60_000);
    const mixed = (n * 7919) % 100;
    const status = statusOf(mixed);
    return {
      ...{ _id: newObjectId(createdAt), organizationId: this.seed.organizationId, livemode: false },
      ...{ checkoutId: newObjectId(createdAt), sessionPublicId: `bench-${n}`, externalReference: `bench-${n}` },
      ...{ clientId: this.clientId(n), email: `buyer-${n}@example.com` },
      siteId: this.siteIds[mixed % 3 === 0 ? 1 : 0],
      providerId: this.providerIds[mixed % 7 < 4 ? 0 : 1 + (mixed % 2)],
      ...{ providerType: 'sandbox', providerReference: `bench-pay-${n}` },
      ...{ status, amount: 4900, currency: mixed % 5 === 0 ? 'USD' : 'EUR', refundedAmount: status === 'refunded' ? 4900 : 0 },
      ...{ metadata: { cart: `c-${n}` }, eventVersion: 2, lookUps: 0, createdAt, updatedAt: later },
      timeline: [
        { at: createdAt, type: 'created', status: 'initiated', source: 'buyer' },
        { at: later, type: 'provider_result', status, source: 'webhook' },
      ],
      ...(status === 'succeeded' || status === 'refunded' ? { succeededAt: later } : {}),
    };
  }

  /** A client has the same few transactions however many there are in all. */
  clientId(n: number): string {
    return Math.floor(n / PER_CLIENT)
      .toString(16)
      .padStart(24, 'c');
  }
}

function statusOf(percent: number): string {
  if (percent < 80) return 'succeeded';
  if (percent < 90) return 'failed';
  if (percent < 96) return 'cancelled';
  return percent < 99 ? 'refunded' : 'pending_provider';
}
