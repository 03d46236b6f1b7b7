export const REBUILD_STATES = ['running', 'completed', 'failed'] as const;
export type RebuildState = (typeof REBUILD_STATES)[number];

/** What was wrong with the tax of a transaction. */
export interface RebuildProblem {
  /** Absent for what concerns all of them. */
  transactionId?: string;
  code: string;
  /** One sentence that says what differed. */
  message: string;
}

/** What a rebuild looks at. */
export interface RebuildWish {
  /** When the transactions were made, both included. */
  from?: string;
  to?: string;
  siteId?: string;
}

/** What became of some transactions. */
export interface RebuildProgress {
  processed: number;
  /** Of an invoice, whose records are its own. */
  skipped: number;
  /** Whose records were missing or different, and were set right. */
  changed: number;
  problems: readonly RebuildProblem[];
}
