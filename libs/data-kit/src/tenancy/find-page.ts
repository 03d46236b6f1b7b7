import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { decodeCursor, encodeCursor } from '@paygate/nest-kit';
import type { Page } from '@paygate/nest-kit';
import mongoose from 'mongoose';
import type { Model, QueryFilter, Schema } from 'mongoose';
import { tenantFilter } from './tenant-filter.js';
import type { TenantFields } from './tenant-filter.js';

/** What orders a list: newest first. */
export interface Dated {
  _id: unknown;
  createdAt: Date;
}

/** What a document needs to be listed: its tenant, and the order newest first. */
export interface Listable extends TenantFields, Dated {}

/** Which page: `PageQuery` of an HTTP request and `PageRequest` of a message both fit. A cursor wins over the page number. */
export interface PageSelection {
  page: number;
  limit: number;
  cursor?: string;
}

/** How a list is read. */
export interface PageReading {
  /** The instant it is ordered by, newest first; that of creation unless given. See {@link addPageIndexBy}. */
  by?: string;
  /** Counts what matches, where the owner of the collection knows it without looking at every document. */
  total?: () => Promise<number>;
}

const NEWEST_FIRST = { createdAt: -1, _id: -1 } as const;
const ORGANIZATION_INDEX = { organizationId: 1, ...NEWEST_FIRST } as const;
const PLATFORM_INDEX = NEWEST_FIRST;
type PageIndex = Readonly<Record<string, 1 | -1>>;
/** What was found to have an index once, as the JSON of the index and the names of the filter's fields. */
const checked = new WeakMap<Schema, Set<string>>();

/**
 * Declares the index that {@link findPage} reads along.
 * @param within fields every list that is to use it is narrowed by, to one value each
 */
export function addPageIndex(schema: Pick<Schema, 'index'>, ...within: string[]): void {
  addPageIndexBy(schema, 'createdAt', ...within);
}

/** Like {@link addPageIndex}, for lists that are ordered by another instant than that of creation. */
export function addPageIndexBy(schema: Pick<Schema, 'index'>, by: string, ...within: string[]): void {
  const narrowing = Object.fromEntries(within.map((field) => [field, 1 as const]));
  schema.index({ organizationId: 1, livemode: 1, ...narrowing, ...newestBy(by) });
}

/** Declares the index that {@link findOrganizationPage} reads along. */
export function addOrganizationPageIndex(schema: Pick<Schema, 'index'>): void {
  schema.index(ORGANIZATION_INDEX);
}

/** Declares the index that {@link findPlatformPageForOperators} reads along. */
export function addPlatformPageIndex(schema: Pick<Schema, 'index'>): void {
  schema.index(PLATFORM_INDEX);
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
  reading?: PageReading,
): Promise<Page<T>> {
  requirePageIndex(model, tenantIndex(reading?.by ?? 'createdAt'), filter);
  // The tenant comes last, so nothing in the filter can replace it.
  return readPage(model, { ...filter, ...tenantFilter(scope) }, selection, reading);
}

/** Like {@link findPage}, for what an organization has once for its live and test data together. */
export async function findOrganizationPage<T extends Dated & { organizationId?: string }>(
  model: Model<T>,
  scope: TenantScope,
  filter: QueryFilter<T>,
  selection: PageSelection,
): Promise<Page<T>> {
  requirePageIndex(model, ORGANIZATION_INDEX, filter);
  return readPage(model, { ...filter, organizationId: scope.organizationId }, selection);
}

/** Like {@link findPage}, across all tenants: for what belongs to the platform itself. */
export async function findPlatformPageForOperators<T extends Dated>(
  model: Model<T>,
  filter: QueryFilter<T>,
  selection: PageSelection,
): Promise<Page<T>> {
  requirePageIndex(model, PLATFORM_INDEX, filter);
  return readPage(model, filter, selection);
}

async function readPage<T extends Dated>(
  model: Model<T>,
  mine: QueryFilter<T>,
  selection: PageSelection,
  { by = 'createdAt', total: count = () => model.countDocuments(mine).exec() }: PageReading = {},
): Promise<Page<T>> {
  const { limit, cursor } = selection;
  const page = cursor === undefined ? selection.page : 1;
  const range = cursor === undefined ? mine : ({ ...mine, $and: [...(mine.$and ?? []), after(cursor, by)] } as QueryFilter<T>);
  const [found, total] = await Promise.all([
    model
      .find(range)
      .sort(newestBy(by))
      .skip((page - 1) * limit)
      // One more than asked for shows whether there is a next page.
      .limit(limit + 1)
      .lean<T[]>(),
    count(),
  ]).catch((error: unknown) => {
    throw cursor !== undefined && isForeignId(error) ? foreignCursor() : error;
  });
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const nextCursor = found.length > limit && last ? encodeCursor({ at: instantOf(last, by), id: String(last._id) }) : undefined;
  return { items, total, page: selection.page, limit, ...(nextCursor === undefined ? {} : { nextCursor }) };
}

/** What comes after the cursor in the list. The first condition bounds the walk along the index, the second cuts exactly. */
function after(cursor: string, by: string): object {
  const { at, id } = decodeCursor(cursor);
  return { [by]: { $lte: at }, $or: [{ [by]: { $lt: at } }, { _id: { $lt: id } }] };
}

function tenantIndex(by: string): PageIndex {
  return { organizationId: 1, livemode: 1, ...newestBy(by) };
}

function newestBy(by: string): PageIndex {
  return { [by]: -1, _id: -1 };
}

function instantOf(document: object, by: string): Date {
  const instant = (document as Record<string, unknown>)[by];
  if (!(instant instanceof Date)) throw new TypeError(`a document of a list ordered by ${by} lacks it`);
  return instant;
}

/** A cursor of another list may hold an id that cannot be one of this collection. */
function isForeignId(error: unknown): boolean {
  return error instanceof mongoose.Error.CastError && error.path === '_id';
}

function foreignCursor(): DomainError {
  const expected = 'the nextCursor of an earlier answer of this list';
  return DomainError.invalid({ field: 'cursor', code: 'cursor', message: `cursor must be ${expected}.`, expected });
}

function requirePageIndex({ schema, modelName }: { schema: Schema; modelName: string }, index: PageIndex, filter: object): void {
  const wanted = JSON.stringify(index);
  const narrowing = Object.keys(filter).filter((field) => !(field in index));
  const question = `${wanted} ${narrowing.join()}`;
  if (checked.get(schema)?.has(question)) return;
  // Fields the list is narrowed by may stand in the index as well.
  const orderOf = (fields: object): string =>
    JSON.stringify(
      fields,
      Object.keys(fields).filter((field) => !narrowing.includes(field)),
    );
  if (!schema.indexes().some(([fields]) => orderOf(fields) === wanted)) {
    throw new TypeError(`${modelName} cannot be listed: its schema lacks the index ${wanted}. Declare it with add…PageIndex(schema).`);
  }
  checked.set(schema, (checked.get(schema) ?? new Set()).add(question));
}
