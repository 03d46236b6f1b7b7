import { describe, expect, it } from '@jest/globals';
import { dashboardPeriods } from './dashboard-periods.js';
import type { DashboardQuery } from './dto/dashboard.query.js';

const now = new Date('2026-03-08T23:59:59.999Z');

describe('dashboardPeriods', () => {
  it.each<[DashboardQuery, [string, string], [string, string]]>([
    [{}, ['2026-02-07', '2026-03-08'], ['2026-01-08', '2026-02-06']],
    [{ period: '7d' }, ['2026-03-02', '2026-03-08'], ['2026-02-23', '2026-03-01']],
    [{ from: '2026-03-01', to: '2026-03-31' }, ['2026-03-01', '2026-03-31'], ['2026-01-29', '2026-02-28']],
    [{ from: '2026-03-01', to: '2026-03-31', compareFrom: '2025-03-01' }, ['2026-03-01', '2026-03-31'], ['2025-03-01', '2025-03-31']],
    [{ from: '2024-02-29', to: '2024-02-29' }, ['2024-02-29', '2024-02-29'], ['2024-02-28', '2024-02-28']],
    [{ from: '2024-01-01', to: '2024-12-31' }, ['2024-01-01', '2024-12-31'], ['2022-12-31', '2023-12-31']],
  ])('%j', (query, [from, to], [compareFrom, compareTo]) => {
    expect(dashboardPeriods(query, now)).toEqual({ period: { from, to }, comparison: { from: compareFrom, to: compareTo } });
  });

  it.each<[DashboardQuery, string]>([
    [{ from: '2026-03-01' }, 'to'],
    [{ to: '2026-03-01' }, 'from'],
    [{ from: '2026-03-02', to: '2026-03-01' }, 'from'],
    [{ from: '2025-01-01', to: '2026-01-02' }, 'to'],
    [{ period: '7d', from: '2026-03-01', to: '2026-03-02' }, 'period'],
  ])('refuses %j', (query, field) => {
    expect(() => dashboardPeriods(query, now)).toThrow(
      expect.objectContaining({ code: 'validation_failed', details: [expect.objectContaining({ field })] }),
    );
  });
});
