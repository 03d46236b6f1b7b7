import { rollupSchema } from '@paygate/data-kit';
import type { RollupCell, RollupRow } from '@paygate/data-kit';
import type { TallyDimensions, TallyFigure } from './tally.js';

export type TallyRow = RollupRow & RollupCell<TallyDimensions, TallyFigure>;

export const TALLY_MODEL = 'TransactionTally';

const text = { type: String, required: true } as const;
const number = { type: Number, required: true } as const;

export const tallySchema = rollupSchema<TallyRow>(
  'transaction_tallies',
  {
    ...{ siteId: text, providerId: text, providerType: text, status: text, currency: text },
    ...{ count: number, amount: number, refundedAmount: number },
  },
  'siteId',
  'status',
);
