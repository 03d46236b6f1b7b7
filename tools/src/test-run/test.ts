import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensurePrograms } from '../stack/debian-packages.js';
import { REPOSITORY_ROOT } from '../stack/stack.js';
import { runVisibly } from './run-visibly.js';
import { addCounts, countsOfJestReport } from './test-counts.js';
import type { TestCounts } from './test-counts.js';

interface Check {
  readonly title: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const STATIC_CHECKS: readonly Check[] = [
  { title: 'format', args: ['node_modules/prettier/bin/prettier.cjs', '--check', '.', '--log-level', 'warn'] },
  {
    // Through nx, never plain eslint: without its project graph the boundary rule skips itself silently.
    title: 'types and lint (nx)',
    args: ['node_modules/nx/dist/bin/nx.js', 'run-many', '-t', 'typecheck', 'lint', '--parallel=2', '--outputStyle=static'],
    env: { NX_DAEMON: 'false', NX_TUI: 'false' },
  },
  {
    title: 'dependencies inside the apps',
    args: ['node_modules/dependency-cruiser/bin/dependency-cruise.mjs', 'apps', 'libs', 'tools', '--config'],
  },
];

const MEASURED = '/e2e/src/measured/';

const JEST_PHASES = [
  // One more than there are cores: many wait for servers and for deadlines.
  { title: 'unit and integration tests', args: ['--selectProjects', ...projects(), '--maxWorkers=3'] },
  // Each of these owns a whole stack and a browser, and waits for them more than it works.
  { title: 'whole-stack and browser tests', args: ['--selectProjects', 'e2e', '--testPathIgnorePatterns', MEASURED, '--maxWorkers=2'] },
  // What has a stopwatch has the machine to itself.
  { title: 'measured tests', args: ['--selectProjects', 'e2e', '--testPathPatterns', MEASURED, '--runInBand'] },
];

/** `npm test`: every check of the repository. Ends with `N passed, N failed, N skipped` alone on a line. */
export async function test(args: readonly string[]): Promise<number> {
  ensurePrograms(['redis-server', 'nats-server', 'caddy', 'chromium'], (line) => process.stdout.write(`${line}\n`));
  const started = performance.now();
  const results: TestCounts[] = [];
  for (const check of STATIC_CHECKS) {
    const passed = await runVisibly(check.title, check.args, check.env);
    results.push({ passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 });
  }
  for (const phase of JEST_PHASES) results.push(await runJest(phase.title, [...phase.args, ...args]));
  const total = addCounts(results);
  const minutes = ((performance.now() - started) / 60_000).toFixed(1);
  process.stdout.write(`\nAll checks took ${minutes} min.\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

async function runJest(title: string, args: readonly string[]): Promise<TestCounts> {
  const folder = mkdtempSync(join(tmpdir(), 'paygate-jest-'));
  const report = join(folder, 'report.json');
  try {
    const passed = await runVisibly(title, ['node_modules/jest/bin/jest.js', '--json', '--outputFile', report, ...args], {
      NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
    });
    return countsOfJestReport(readReport(report), passed);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readReport(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // Jest wrote no report: it ended before running anything, which counts as a failure.
    return undefined;
  }
}

function projects(): string[] {
  const { references } = JSON.parse(readFileSync(join(REPOSITORY_ROOT, 'tsconfig.json'), 'utf8')) as { references: { path: string }[] };
  return references.map((reference) => reference.path.split('/').at(-1) ?? '').filter((name) => name !== 'e2e');
}
