import { MongoClient } from 'mongodb';

/**
 * Moves instants that are stored by the platform, so that no test has to wait for them. The interface offers no way to do so:
 * a checkout lives at least an hour, and a bank decides when it wants to.
 */
export class PlatformTime {
  private constructor(private readonly client: MongoClient) {}

  static async connect(mongoUrl: string): Promise<PlatformTime> {
    return new PlatformTime(await new MongoClient(mongoUrl).connect());
  }

  /** The time to pay this checkout is over. */
  async expire(shortCode: string): Promise<void> {
    await this.setInstant('checkouts', { shortCode }, 'expiresAt');
  }

  /** The bank decides the debit now. */
  async decideDebit(transactionId: string): Promise<void> {
    await this.setInstant('sandbox_payments', { transactionId }, 'settleAt');
  }

  async close(): Promise<void> {
    await this.client.close();
  }

  private async setInstant(collection: string, filter: Readonly<Record<string, string>>, field: string): Promise<void> {
    const past = new Date(Date.now() - 1_000);
    const { matchedCount } = await this.client
      .db('paygate_main')
      .collection(collection)
      .updateOne(filter, { $set: { [field]: past } });
    if (matchedCount !== 1) throw new Error(`nothing in ${collection} fits ${JSON.stringify(filter)}`);
  }
}
