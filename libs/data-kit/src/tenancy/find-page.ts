import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { decodeCursor, encodeCursor } from '@paygate/nest-kit';
import type { Page } from '@paygate/nest-kit';
import mongoose from 'mongoose';
import type { Model, QueryFilter, Schema } from 'mongoose';
import { tenantFilter } from './tenant-filter.js';
import type { TenantFields } from './tenant-filter.js';

/** What a document needs to be listed: its tenant, and the order newest first. */
export interface Listable extends TenantFields {
  _id: unknown;
  createdAt: Date;
}

/** Which page: `PageQuery` of an HTTP request and `PageRequest` of a message both fit. A cursor wins over the page number. */
export interface PageSelection {
  page: number;
  limit: number;
  cursor?: string;
}

const NEWEST_FIRST = { createdAt: -1, _id: -1 } as const;
const PAGE_INDEX = { organizationId: 1, livemode: 1, ...NEWEST_FIRST } as const;
const checked = new WeakSet<Schema>();

/** Declares the index that {@link findPage} reads along. */
export function addPageIndex(schema: Pick<Schema, 'index'>): void {
  schema.index(PAGE_INDEX);
}

/**
 * One page of a tenant's documents, newest first, as plain objects. A page by cursor costs the same at any depth; a page
 * by number skips what comes before it.
 * @param filter further conditions; the tenant is always added and cannot be overridden
 * @throws DomainError `validation_failed` for a cursor this platform did not give out
 * @throws TypeError when the collection lacks the index of {@link addPageIndex}: the list would become slow as it grows
 */
export async function findPage<T extends Listable>(
  model: Model<T>,
  scope: TenantScope,
  filter: QueryFilter<T>,
  selection: PageSelection,
): Promise<Page<T>> {
  requirePageIndex(model.schema, model.modelName);
  const { limit, cursor } = selection;
  // The tenant comes last, so nothing in the filter can replace it.
  const mine = { ...filter, ...tenantFilter(scope) } as QueryFilter<T>;
  const page = cursor === undefined ? selection.page : 1;
  const range = cursor === undefined ? mine : ({ ...mine, $and: [...(filter.$and ?? []), after(cursor)] } as QueryFilter<T>);
  const [found, total] = await Promise.all([
    model
      .find(range)
      .sort(NEWEST_FIRST)
      .skip((page - 1) * limit)
      // One more than asked for shows whether there is a next page.
      .limit(limit + 1)
      .lean<T[]>(),
    model.countDocuments(mine),
  ]).catch((error: unknown) => {
    throw cursor !== undefined && isForeignId(error) ? foreignCursor() : error;
  });
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const nextCursor = found.length > limit && last ? encodeCursor({ at: last.createdAt, id: String(last._id) }) : undefined;
  return { items, total, page: selection.page, limit, ...(nextCursor === undefined ? {} : { nextCursor }) };
}

/** What comes after the cursor in the list. The first condition bounds the walk along the index, the second cuts exactly. */
function after(cursor: string): object {
  const { at, id } = decodeCursor(cursor);
  return { createdAt: { $lte: at }, $or: [{ createdAt: { $lt: at } }, { _id: { $lt: id } }] };
}

/** A cursor of another list may hold an id that cannot be one of this collection. */
function isForeignId(error: unknown): boolean {
  return error instanceof mongoose.Error.CastError && error.path === '_id';
}

function foreignCursor(): DomainError {
  const expected = 'the nextCursor of an earlier answer of this list';
  return DomainError.invalid({ field: 'cursor', code: 'cursor', message: `cursor must be ${expected}.`, expected });
}

function requirePageIndex(schema: Schema, name: string): void {
  if (checked.has(schema)) return;
  const wanted = JSON.stringify(PAGE_INDEX);
  if (!schema.indexes().some(([fields]) => JSON.stringify(fields) === wanted)) {
    throw new TypeError(`${name} cannot be listed: its schema lacks the index ${wanted}. Call addPageIndex(schema).`);
  }
  checked.add(schema);
}
