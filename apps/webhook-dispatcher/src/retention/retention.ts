export const RETENTION = Symbol('RETENTION');

/** How long things are kept, in days. */
export interface Retention {
  /** What notifications said, and what receivers answered. */
  contentDays: number;
  /** That there were notifications. */
  deliveryDays: number;
}
