import type { ClientSession, Model } from 'mongoose';
import { mongo } from 'mongoose';

/** One statement of the database's `update` command. */
export interface UpdateStatement<T extends mongo.Document> {
  q: mongo.Filter<T>;
  u: mongo.UpdateFilter<T>;
  multi?: boolean;
}

const DUPLICATE_KEY = 11_000;

interface WriteReply {
  writeErrors?: { index: number; code: number; errmsg: string }[];
}

/**
 * The driver's own collection behind a model, for bulk work: casting a hundred documents by their schema costs more than
 * writing them. Indexes and lists still come from the model. Fields that are undefined are left out.
 */
export class NativeCollection<T extends mongo.Document> {
  readonly documents: mongo.Collection<T>;
  private readonly database: mongo.Db;

  constructor(model: Model<T>) {
    this.database = model.db.getClient().db(model.db.name);
    this.documents = this.database.collection<T>(model.collection.collectionName, { ignoreUndefined: true });
  }

  /**
   * Inserts in one command. The driver's insertMany measures and wraps every document, which costs as much again.
   * @throws MongoServerError with code 11000 when one is already there; unordered, the others are then inserted all the same
   */
  async insert(documents: readonly T[], options: { session?: ClientSession; ordered?: boolean } = {}): Promise<void> {
    if (documents.length === 0) return;
    await this.write({ insert: this.documents.collectionName, documents, ordered: options.ordered ?? true }, options.session);
  }

  /** Makes the changes in one command, in the given order. */
  async update(updates: readonly UpdateStatement<T>[], session?: ClientSession): Promise<void> {
    if (updates.length === 0) return;
    await this.write({ update: this.documents.collectionName, updates, ordered: true }, session);
  }

  private async write(command: mongo.Document, session: ClientSession | undefined): Promise<void> {
    const reply = (await this.database.command(command, { session, ignoreUndefined: true })) as WriteReply;
    // A repetition meets what it has written before; any other error counts more.
    const first = reply.writeErrors?.find((error) => error.code !== DUPLICATE_KEY) ?? reply.writeErrors?.[0];
    if (first) throw new mongo.MongoServerError({ message: first.errmsg, code: first.code, writeErrors: reply.writeErrors });
  }
}
