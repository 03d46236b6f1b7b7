import type { Connection } from 'mongoose';

/**
 * Creates the collections and declared indexes of every registered model. Existing ones are left alone, also indexes
 * that are no longer declared: while versions overlap during a deployment, the older one still needs them.
 * @throws Error naming the collection when an index cannot be made, e.g. because one of that name has other options
 */
export async function createDeclaredIndexes(connection: Connection): Promise<void> {
  for (const model of Object.values(connection.models)) {
    try {
      // Before any transaction: inside one, creating a collection or an index is not isolated.
      await model.createCollection();
      await model.createIndexes();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`The indexes of collection ${model.collection.collectionName} could not be created: ${reason}`, { cause: error });
    }
  }
}
