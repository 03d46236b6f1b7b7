export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export function addCounts(counts: readonly TestCounts[]): TestCounts {
  return counts.reduce(
    (sum, each) => ({ passed: sum.passed + each.passed, failed: sum.failed + each.failed, skipped: sum.skipped + each.skipped }),
    {
      passed: 0,
      failed: 0,
      skipped: 0,
    },
  );
}

/** Reads Jest's JSON report. A suite that could not run, or a run that failed without a failed test, counts as one failure. */
export function countsOfJestReport(report: unknown, exitedWell: boolean): TestCounts {
  const field = (name: string): number => {
    const value = typeof report === 'object' && report !== null ? (report as Record<string, unknown>)[name] : undefined;
    return typeof value === 'number' ? value : 0;
  };
  const failed = field('numFailedTests') + field('numRuntimeErrorTestSuites');
  return {
    passed: field('numPassedTests'),
    failed: failed === 0 && !exitedWell ? 1 : failed,
    skipped: field('numPendingTests') + field('numTodoTests'),
  };
}
