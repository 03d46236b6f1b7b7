import type { TenantScope } from '@paygate/kernel';
import type { TaxMoved, TransactionTaxDecision } from '@paygate/messages';
import type { TaxCalculation, TaxConfiguration, TaxInput, TaxProblem, TaxShare } from '@paygate/tax';

/** `given`: the shop named it. `calculated`: by the engine. `unknown`: see the problems; without any, nothing was named. */
export type TaxOrigin = TransactionTaxDecision['origin'];

/** What comes of a sale and a configuration. */
export interface TaxVerdict {
  readonly origin: TaxOrigin;
  readonly input: TaxInput;
  /** All that took part, so that it gives the same again. */
  readonly configuration: TaxConfiguration;
  /** Absent when the organization has none. */
  readonly configurationRevision?: number;
  /** Absent when nothing is known. */
  readonly calculation?: TaxCalculation;
  /** Why nothing is known although tax is enabled. */
  readonly problems?: readonly TaxProblem[];
}

/** A verdict about a transaction, as it is kept. Never changed: a recalculation is a further one with the next version. */
export interface TaxDecision extends TaxVerdict {
  readonly scope: TenantScope;
  readonly transactionId: string;
  readonly version: number;
  readonly calculatedAt: Date;
}

/** What was told about a source of tax. */
export interface TaxMovement {
  /** Among the sources of its transaction, since when this one stands: of several reversals each begins where the one before it ended. */
  readonly place: number;
  readonly moved: TaxMoved;
}

/** The tax of a transaction on the page of its buyer and in the lists of its merchant. Minor units. */
export interface TaxSummary {
  /** False when lines of their own add the tax. */
  readonly taxIncluded: boolean;
  readonly totalNet: number;
  readonly totalTax: number;
  /** Always what is charged. */
  readonly totalGross: number;
  /** The highest rate first; empty when nothing is known. */
  readonly taxBreakdown: readonly TaxShare[];
}
