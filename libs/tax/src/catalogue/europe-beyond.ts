import type { RateSeries } from './rate-series.js';

export const EUROPE_BEYOND_RATES: readonly RateSeries[] = [
  { country: 'GB', code: 'STANDARD', steps: [['2011-01-04', 20]], source: 'general' },
  { country: 'GB', code: 'REDUCED', steps: [['2020-01-01', 5]], source: 'general', floor: true },
  { country: 'GB', code: 'ZERO', steps: [['2020-01-01', 0]], source: 'general', floor: true },
  { country: 'XI', code: 'STANDARD', steps: [['2011-01-04', 20]], source: 'general' },
  { country: 'XI', code: 'REDUCED', steps: [['2020-01-01', 5]], source: 'general', floor: true },
  { country: 'XI', code: 'ZERO', steps: [['2020-01-01', 0]], source: 'general', floor: true },
  {
    country: 'CH',
    code: 'STANDARD',
    steps: [
      ['2018-01-01', 7.7],
      ['2024-01-01', 8.1],
    ],
    source: 'general',
  },
  {
    country: 'CH',
    code: 'REDUCED',
    steps: [
      ['2018-01-01', 2.5],
      ['2024-01-01', 2.6],
    ],
    source: 'general',
  },
  {
    country: 'CH',
    code: 'REDUCED_2',
    steps: [
      ['2018-01-01', 3.7],
      ['2024-01-01', 3.8],
    ],
    source: 'general',
    note: 'accommodation',
  },
  { country: 'CH', code: 'ZERO', steps: [['2020-01-01', 0]], source: 'general', floor: true },
  {
    country: 'LI',
    code: 'STANDARD',
    steps: [
      ['2018-01-01', 7.7],
      ['2024-01-01', 8.1],
    ],
    source: 'general',
  },
  {
    country: 'LI',
    code: 'REDUCED',
    steps: [
      ['2018-01-01', 2.5],
      ['2024-01-01', 2.6],
    ],
    source: 'general',
  },
  {
    country: 'LI',
    code: 'REDUCED_2',
    steps: [
      ['2018-01-01', 3.7],
      ['2024-01-01', 3.8],
    ],
    source: 'general',
    note: 'accommodation',
  },
  { country: 'LI', code: 'ZERO', steps: [['2020-01-01', 0]], source: 'general', floor: true },
  { country: 'NO', code: 'STANDARD', steps: [['2005-01-01', 25]], source: 'general' },
  { country: 'NO', code: 'REDUCED', steps: [['2012-01-01', 15]], source: 'general', note: 'food' },
  {
    country: 'NO',
    code: 'REDUCED_2',
    steps: [
      ['2018-01-01', 12],
      ['2020-04-01', 6],
      ['2021-10-01', 12],
    ],
    source: 'press',
    note: 'transport, lodging, culture',
  },
  { country: 'NO', code: 'ZERO', steps: [['2020-01-01', 0]], source: 'general', floor: true },
  { country: 'IS', code: 'STANDARD', steps: [['2015-01-01', 24]], source: 'general' },
  { country: 'IS', code: 'REDUCED', steps: [['2015-01-01', 11]], source: 'general' },
];
