import type { Decided } from '../decision/decided.js';

/** An amount to be taxed in one way: a line, or the part of a discount that lowers lines of one kind. */
export interface Amount {
  readonly id: string;
  readonly decision: Decided;
  /** Minor units, with or without tax as `isGross` says. */
  readonly total: number;
  readonly isGross: boolean;
}

/** The same with its tax. `net + tax = gross`, and the components add up to the tax. */
export interface TaxedAmount {
  readonly id: string;
  readonly decision: Decided;
  readonly net: number;
  readonly tax: number;
  readonly gross: number;
  /** One for each part of the decision. */
  readonly components: readonly number[];
}
