import { describe, expect, it } from '@jest/globals';
import type { TransactionFigures } from '@paygate/messages';
import { attempts, topProviders, volumes } from './summarize-figures.js';

const NOTHING: TransactionFigures = { byStatus: [], byProvider: [], byDay: [] };
const sum = (currency: string, count: number, amount: number, refundedAmount = 0) => ({ currency, count, amount, refundedAmount });
const figures: TransactionFigures = {
  byStatus: [
    { status: 'succeeded', ...sum('EUR', 3, 3000, 500) },
    { status: 'refunded', ...sum('EUR', 1, 1000, 1000) },
    { status: 'charged_back', ...sum('EUR', 1, 700) },
    { status: 'failed', ...sum('EUR', 2, 999_999) },
    { status: 'cancelled', ...sum('EUR', 4, 999_999) },
    { status: 'succeeded', ...sum('JPY', 2, 800) },
  ],
  byProvider: Array.from({ length: 7 }, (_, index) => ({ providerId: `p${index}`, providerType: 'stripe', ...sum('EUR', index, 100) })),
  byDay: [],
};

describe('the figures of a dashboard', () => {
  it('sum what succeeded, whatever became of it', () => {
    expect(volumes(figures, NOTHING)).toEqual([
      {
        currency: 'EUR',
        payments: 5,
        grossVolume: 4700,
        refunded: 1500,
        netRevenue: 3200,
        previous: expect.objectContaining({ payments: 0 }),
      },
      { currency: 'JPY', payments: 2, grossVolume: 800, refunded: 0, netRevenue: 800, previous: expect.objectContaining({ payments: 0 }) },
    ]);
  });

  it('show a currency that only the earlier period has', () => {
    const [euro] = volumes(NOTHING, figures);
    expect(euro).toMatchObject({ currency: 'EUR', payments: 0, netRevenue: 0, previous: { payments: 5, netRevenue: 3200 } });
  });

  it('relate failures to what was decided', () => {
    expect(attempts(figures, NOTHING)).toMatchObject({ total: 13, previousTotal: 0, failureRatio: 0.2222, previousFailureRatio: null });
    const { byStatus } = attempts(figures, NOTHING);
    expect(byStatus.find(({ status }) => status === 'succeeded')).toEqual({ status: 'succeeded', count: 5, previous: 0 });
    expect(byStatus.find(({ status }) => status === 'initiated')).toEqual({ status: 'initiated', count: 0, previous: 0 });
  });

  it('name the five busiest providers', () => {
    expect(topProviders(figures).map(({ providerId }) => providerId)).toEqual(['p6', 'p5', 'p4', 'p3', 'p2']);
  });
});
