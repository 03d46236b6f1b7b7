import { Schema } from 'mongoose';
import type { SchemaDefinition } from 'mongoose';
import type { TenantFields } from '../tenancy/tenant-filter.js';

/**
 * A sum over things that agree in all but the figures. Every row of a cell counts, so a new row is a change: changes are only
 * ever added, which concurrent writers can do without waiting for each other, and folded together later.
 */
export interface RollupRow extends TenantFields {
  /** Of a folded row the name of its cell, so that there is one of each; of a change anything. */
  _id: string;
  /** A UTC day `YYYY-MM-DD`, `all` for every day together, or `month-YYYY-MM` for what is folded of a month's days. */
  period: string;
  /** A change that is not folded yet. */
  fresh?: true;
}

/** What a roll-up sums, and by what. Integers only: their sums are exact. */
export interface RollupShape<D extends object, F extends string> {
  /** Beside tenant and period. Every row has all of them. */
  dimensions: readonly (keyof D & string)[];
  figures: readonly F[];
}

export type RollupCell<D extends object, F extends string> = TenantFields & D & Record<F, number>;

/**
 * The schema of a roll-up's collection, with the indexes that it is read and folded along.
 * @param within dimensions that it is often narrowed by, after the period
 */
export function rollupSchema<R extends RollupRow>(collection: string, fields: SchemaDefinition, ...within: string[]): Schema<R> {
  const text = { type: String, required: true } as const;
  const own = { _id: text, organizationId: text, livemode: { type: Boolean, required: true }, period: text, fresh: { type: Boolean } };
  return (
    new Schema<R>({ ...own, ...fields } as SchemaDefinition<R>, { collection, versionKey: false })
      .index({ organizationId: 1, livemode: 1, period: 1, ...Object.fromEntries(within.map((field) => [field, 1 as const])) })
      // Only what is not folded yet, so the search for it reads nothing else.
      .index({ fresh: 1 }, { sparse: true })
  );
}
