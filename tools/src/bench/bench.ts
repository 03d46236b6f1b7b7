import { FriendlyError } from '../friendly-error.js';
import { Progress } from '../progress.js';
import { Stack } from '../stack/stack.js';
import type { DemoSeed } from '../stack/stack.js';
import { measureCheckouts } from './checkout-throughput.js';
import { measureDeliveries } from './delivery-throughput.js';
import { measureKeyCheck } from './key-check.js';
import { measureTransactionLists } from './transaction-lists.js';

interface Measurement {
  readonly title: string;
  readonly measure: (stack: Stack, seed: DemoSeed) => Promise<{ report: string[] }>;
}

const SHARED: Readonly<Record<string, Measurement>> = {
  checkouts: { title: 'Creating checkouts, against a bare Fastify + mongoose insert', measure: measureCheckouts },
  notifications: { title: 'Delivering notifications, against a bare BullMQ + undici loop', measure: measureDeliveries },
  keys: { title: 'Checking an API key, against the same answer from a bare open server', measure: measureKeyCheck },
};
/** Fills the database, so it has one of its own. */
const LISTS = 'lists';

/**
 * `npm run bench`: throughput as ratios to a bare baseline taken in the same run on the same machine and database, and lists as
 * ratios of many stored transactions to few, because absolute figures say more about the machine than about the program.
 * @param args names of measurements; all when none is given
 */
export async function bench(args: readonly string[] = []): Promise<number> {
  const known = [...Object.keys(SHARED), LISTS];
  const wanted = args.length > 0 ? args : known;
  const unknown = wanted.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new FriendlyError(`There is no measurement "${unknown}".`, `Known: ${known.join(', ')}`);
  const progress = new Progress();
  const report = await measureShared(
    Object.entries(SHARED).flatMap(([name, measurement]) => (wanted.includes(name) ? [measurement] : [])),
    progress,
  );
  if (wanted.includes(LISTS)) report.push(...(await measureTransactionLists(progress)).report);
  progress.line('');
  for (const line of report) progress.line(`  ${line}`);
  return 0;
}

async function measureShared(measurements: readonly Measurement[], progress: Progress): Promise<string[]> {
  if (measurements.length === 0) return [];
  const stack = await Stack.startTemporary({ progress, serviceEnv: { LOG_LEVEL: 'warn' } });
  try {
    const seed = await progress.step('Demo organization', () => stack.seedDemo(true));
    const report: string[] = [];
    for (const { title, measure } of measurements) report.push(...(await progress.step(title, () => measure(stack, seed))).report);
    return report;
  } finally {
    await stack.destroy();
  }
}
