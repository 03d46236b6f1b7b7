import { Schema } from 'mongoose';
import type { TallyRow } from './tally.js';

export const TALLY_MODEL = 'TransactionTally';

const text = { type: String, required: true } as const;
const number = { type: Number, required: true } as const;

export const tallySchema = new Schema<TallyRow>(
  {
    _id: text,
    organizationId: text,
    livemode: { type: Boolean, required: true },
    period: text,
    siteId: text,
    providerId: text,
    providerType: text,
    status: text,
    currency: text,
    count: number,
    amount: number,
    refundedAmount: number,
    fresh: { type: Boolean },
  },
  { collection: 'transaction_tallies', versionKey: false },
);

tallySchema.index({ organizationId: 1, livemode: 1, period: 1, siteId: 1, status: 1 });
// Only what is not folded yet, so the search for it reads nothing else.
tallySchema.index({ fresh: 1 }, { sparse: true });
