import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dayIn, nextDay, startOfDay } from './start-of-day.js';
import { isZonedDate } from './zoned-date.js';
import { quarterPeriod, zonedPeriod } from './zoned-period.js';

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Pacific/Apia',
  'America/Sao_Paulo',
  'Africa/Cairo',
  'Australia/Lord_Howe',
];

describe('startOfDay', () => {
  it.each([
    ['2026-01-31', 'UTC', '2026-01-31T00:00:00.000Z'],
    ['2026-01-31', 'Europe/Berlin', '2026-01-30T23:00:00.000Z'],
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
    ['2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
    ['2026-11-02', 'America/New_York', '2026-11-02T05:00:00.000Z'],
    ['2026-06-15', 'Asia/Kolkata', '2026-06-14T18:30:00.000Z'],
    ['2026-06-15', 'Pacific/Kiritimati', '2026-06-14T10:00:00.000Z'],
    ['2026-06-15', 'Pacific/Niue', '2026-06-15T11:00:00.000Z'],
    // Summer time began at midnight: the day begins at one o'clock.
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
    // Samoa went without this day.
    ['2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
    ['2011-12-31', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
  ])('of %s in %s', (day, zone, start) => expect(startOfDay(day, zone).toISOString()).toBe(start));

  it('puts every instant on the day the calendar there shows', () => {
    const instant = fc.integer({ min: Date.UTC(2010, 0), max: Date.UTC(2027, 0) });
    fc.assert(
      fc.property(fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/New_York', 'Pacific/Apia'), instant, (zone, moment) => {
        const day = dayIn(zone, moment);
        expect(startOfDay(day, zone).getTime()).toBeLessThanOrEqual(moment);
        expect(startOfDay(nextDay(day), zone).getTime()).toBeGreaterThan(moment);
      }),
      { numRuns: 50 },
    );
  });
});

describe('zonedPeriod', () => {
  it.each([
    [{ startDate: '2026-01-01', endDate: '2026-01-31' }, '2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z'],
    [{ startDate: '2026-01-01', endDate: '2026-01-31', timezone: 'Europe/Berlin' }, '2025-12-31T23:00:00.000Z', '2026-01-31T23:00:00.000Z'],
    [{ startDate: '2026-01-01T08:00:00+01:00' }, '2026-01-01T07:00:00.000Z', undefined],
    [{ endDate: '2026-01-01T08:00:00Z' }, undefined, '2026-01-01T08:00:00.001Z'],
    [{ startDate: '2026-03-29', endDate: '2026-03-29', timezone: 'Europe/Berlin' }, '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    [{}, undefined, undefined],
  ])('%j', (wanted, from, until) => {
    const period = zonedPeriod(wanted);
    expect([period.from?.toISOString(), period.until?.toISOString()]).toEqual([from, until]);
  });

  it('refuses one that ends before it begins', () => {
    expect(() => zonedPeriod({ startDate: '2026-02-01', endDate: '2026-01-31' })).toThrow('startDate must not be after endDate.');
  });

  it.each([
    ['2026-01-31', true],
    ['2026-01-31T10:00:00Z', true],
    ['2026-01-31T10:00+0200', true],
    ['2026-01-31T10:00:00', false],
    ['2026-02-30', false],
    ['31.01.2026', false],
    [20260131, false],
  ])('%s may be given: %s', (value, allowed) => expect(isZonedDate(value)).toBe(allowed));
});

describe('quarters', () => {
  it.each([
    [2026, 1, 'UTC', '2026-01-01T00:00:00.000Z', '2026-04-01T00:00:00.000Z', '2026-03-31'],
    [2026, 4, 'Europe/Berlin', '2026-09-30T22:00:00.000Z', '2026-12-31T23:00:00.000Z', '2026-12-31'],
  ])('%i/%i in %s', (year, quarter, zone, from, until, lastDay) => {
    const period = quarterPeriod(year, quarter, zone);
    expect([period.from.toISOString(), period.until.toISOString(), period.lastDay]).toEqual([from, until, lastDay]);
  });

  it('the quarters of years follow one another without gap or overlap, in any zone', () => {
    for (const zone of ZONES) {
      for (let i = 0; i < 12; i++) {
        const next = quarterPeriod(2024 + ((i + 1) >> 2), ((i + 1) % 4) + 1, zone);
        expect(quarterPeriod(2024 + (i >> 2), (i % 4) + 1, zone).until).toEqual(next.from);
      }
    }
  });
});
