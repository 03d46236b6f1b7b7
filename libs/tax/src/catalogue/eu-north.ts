import type { RateSeries } from './rate-series.js';

export const EU_NORTH_RATES: readonly RateSeries[] = [
  { country: 'DK', code: 'STANDARD', steps: [['1992-01-01', 25]], source: 'tedb' },
  // The Finance Bill for 2026 takes the tax off books; no day on which that began could be confirmed.
  {
    country: 'DK',
    code: 'ZERO',
    steps: [['2020-01-01', 0]],
    source: 'tedb',
    floor: true,
    note: 'newspapers; for books the first day is not confirmed',
  },
  {
    country: 'EE',
    code: 'STANDARD',
    steps: [
      ['2009-07-01', 20],
      ['2024-01-01', 22],
      ['2025-07-01', 24],
    ],
    source: 'tedb',
  },
  { country: 'EE', code: 'REDUCED', steps: [['2020-01-01', 9]], source: 'tedb', floor: true },
  // Another code for accommodation: what sold the press at 5 % must not become 13 %.
  {
    country: 'EE',
    code: 'REDUCED_2',
    steps: [['2022-08-01', 5]],
    until: '2024-12-31',
    source: 'tedb',
    confidence: 'medium',
    note: 'press; at the reduced rate of 9 % since 2025',
  },
  { country: 'EE', code: 'REDUCED_3', steps: [['2025-01-01', 13]], source: 'tedb', note: 'accommodation' },
  { country: 'EE', code: 'ZERO', steps: [['2020-01-01', 0]], source: 'tedb', floor: true },
  {
    country: 'FI',
    code: 'STANDARD',
    steps: [
      ['2013-01-01', 24],
      ['2024-09-01', 25.5],
    ],
    source: 'tedb',
  },
  {
    country: 'FI',
    code: 'REDUCED',
    steps: [
      ['2020-01-01', 14],
      ['2026-01-01', 13.5],
    ],
    source: 'tedb',
    floor: true,
  },
  { country: 'FI', code: 'REDUCED_2', steps: [['2020-01-01', 10]], source: 'tedb', floor: true },
  { country: 'FI', code: 'ZERO', steps: [['2020-01-01', 0]], source: 'tedb', floor: true },
  { country: 'LT', code: 'STANDARD', steps: [['2009-09-01', 21]], source: 'tedb' },
  {
    country: 'LT',
    code: 'REDUCED',
    steps: [
      ['2020-01-01', 9],
      ['2026-01-01', 12],
    ],
    source: 'tedb',
    floor: true,
  },
  { country: 'LT', code: 'REDUCED_2', steps: [['2020-01-01', 5]], source: 'tedb', floor: true },
  { country: 'LT', code: 'ZERO', steps: [['2020-01-01', 0]], source: 'tedb', floor: true },
  { country: 'LV', code: 'STANDARD', steps: [['2012-07-01', 21]], source: 'tedb' },
  { country: 'LV', code: 'REDUCED', steps: [['2020-01-01', 12]], source: 'tedb', floor: true },
  { country: 'LV', code: 'REDUCED_2', steps: [['2020-01-01', 5]], source: 'tedb', floor: true },
  { country: 'LV', code: 'ZERO', steps: [['2020-01-01', 0]], source: 'tedb', floor: true },
  { country: 'SE', code: 'STANDARD', steps: [['1990-07-01', 25]], source: 'tedb' },
  { country: 'SE', code: 'REDUCED', steps: [['2020-01-01', 12]], source: 'tedb', floor: true },
  { country: 'SE', code: 'REDUCED_2', steps: [['2020-01-01', 6]], source: 'tedb', floor: true },
  { country: 'SE', code: 'ZERO', steps: [['2020-01-01', 0]], source: 'tedb', floor: true },
];
