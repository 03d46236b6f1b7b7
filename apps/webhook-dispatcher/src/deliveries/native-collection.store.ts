import type { Model, mongo } from 'mongoose';

/**
 * The driver's own collection behind a model, for bulk work: casting a hundred documents by their schema costs more than
 * writing them. Indexes and lists still come from the model. Fields that are undefined are left out.
 */
export function nativeCollection<T extends mongo.Document>(model: Model<T>): mongo.Collection<T> {
  const { db } = model;
  return db.getClient().db(db.name).collection<T>(model.collection.collectionName, { ignoreUndefined: true });
}
