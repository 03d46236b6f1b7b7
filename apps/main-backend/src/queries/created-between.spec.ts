import { describe, expect, it } from '@jest/globals';
import { createdBetween } from './created-between.js';

describe('createdBetween', () => {
  it.each([
    { from: undefined, to: undefined, condition: {} },
    { from: '2026-01-01', to: undefined, condition: { createdAt: { $gte: new Date('2026-01-01T00:00:00Z') } } },
    { from: undefined, to: '2026-01-31', condition: { createdAt: { $lt: new Date('2026-02-01T00:00:00Z') } } },
    { from: undefined, to: '2026-01-31T12:00:00Z', condition: { createdAt: { $lte: new Date('2026-01-31T12:00:00Z') } } },
    {
      from: '2026-01-01T00:00:00+01:00',
      to: '2024-02-28',
      condition: { createdAt: { $gte: new Date('2025-12-31T23:00:00Z'), $lt: new Date('2024-02-29T00:00:00Z') } },
    },
  ])('from $from to $to', ({ from, to, condition }) => {
    expect(createdBetween(from, to)).toEqual(condition);
  });
});
