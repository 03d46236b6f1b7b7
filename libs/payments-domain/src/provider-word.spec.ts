import { describe, expect, it } from '@jest/globals';
import { judgeProviderWord } from './provider-word.js';
import type { ProviderWord } from './provider-word.js';
import { canTransactionMove, TRANSACTION_STATUSES } from './transaction-status.js';
import type { TransactionStatus } from './transaction-status.js';

/** One line per recorded status; `=` stays, `!` contradicts, anything else is the status moved to. */
const WORDS: readonly ProviderWord[] = ['requires_buyer', 'pending', 'succeeded', 'failed', 'cancelled'];
const TABLE: Record<TransactionStatus, readonly string[]> = {
  initiated: ['=', 'pending_provider', 'succeeded', 'failed', 'cancelled'],
  pending_provider: ['=', '=', 'succeeded', 'failed', 'cancelled'],
  succeeded: ['=', '=', '=', '!', '!'],
  failed: ['=', '=', 'succeeded', '=', '='],
  cancelled: ['=', '=', '!', '=', '='],
  refunded: ['=', '=', '=', '!', '!'],
  charged_back: ['=', '=', '=', '!', '!'],
};

const CASES = TRANSACTION_STATUSES.flatMap((status) =>
  WORDS.map((word, index) => ({ status, word, expected: TABLE[status][index] ?? 'missing' })),
);

describe('judgeProviderWord', () => {
  it.each(CASES)('$status, then $word → $expected', ({ status, word, expected }) => {
    const verdict = judgeProviderWord(status, word);
    if (expected === '=') expect(verdict).toEqual({ kind: 'stay' });
    else if (expected === '!') expect(verdict).toEqual({ kind: 'contradiction' });
    else expect(verdict).toEqual({ kind: 'move', to: expected });
  });

  it.each(CASES)('$status, then $word never leaves the transition table', ({ status, word }) => {
    const verdict = judgeProviderWord(status, word);
    if (verdict.kind === 'move') expect(canTransactionMove(status, verdict.to)).toBe(true);
  });
});
