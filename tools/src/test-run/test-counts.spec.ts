import { describe, expect, it } from '@jest/globals';
import { addCounts, countsOfJestReport } from './test-counts.js';

describe('countsOfJestReport', () => {
  it.each([
    ['all passed', { numPassedTests: 3, numFailedTests: 0 }, true, { passed: 3, failed: 0, skipped: 0 }],
    [
      'failures and skips',
      { numPassedTests: 1, numFailedTests: 2, numPendingTests: 1, numTodoTests: 1 },
      false,
      { passed: 1, failed: 2, skipped: 2 },
    ],
    [
      'a suite that could not load',
      { numPassedTests: 1, numFailedTests: 0, numRuntimeErrorTestSuites: 1 },
      false,
      { passed: 1, failed: 1, skipped: 0 },
    ],
    ['no report at all', undefined, false, { passed: 0, failed: 1, skipped: 0 }],
    ['a bad exit without a failed test', { numPassedTests: 4 }, false, { passed: 4, failed: 1, skipped: 0 }],
  ])('%s', (_name, report, exitedWell, expected) => {
    expect(countsOfJestReport(report, exitedWell)).toEqual(expected);
  });
});

describe('addCounts', () => {
  it('adds each kind', () => {
    expect(
      addCounts([
        { passed: 1, failed: 2, skipped: 3 },
        { passed: 10, failed: 20, skipped: 30 },
      ]),
    ).toEqual({ passed: 11, failed: 22, skipped: 33 });
  });
});
