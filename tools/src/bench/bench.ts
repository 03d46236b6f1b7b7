import { FriendlyError } from '../friendly-error.js';
import { Progress } from '../progress.js';
import { Stack } from '../stack/stack.js';
import type { DemoSeed } from '../stack/stack.js';
import { measureChaos } from './chaos/chaos-report.js';
import { measureCheckouts } from './checkout-throughput.js';
import { measureDeliveryLag } from './delivery-lag.js';
import { measureDeliveries } from './delivery-throughput.js';
import { measureDispatcherMemory } from './dispatcher-memory.js';
import { measureFairness } from './fairness.js';
import { measureKeyCheck } from './key-check.js';
import { measureTaxCalculations } from './tax-calculations.js';
import { measureTaxReport } from './tax-report.js';
import { measureTransactionLists } from './transaction-lists.js';

interface Findings {
  readonly report: string[];
  /** Promises that were not kept, in words. */
  readonly broken?: readonly string[];
}

interface Measurement {
  readonly title: string;
  /** @param count only for those that count something; each has its own default */
  readonly measure: (stack: Stack, seed: DemoSeed, count?: number) => Promise<Findings>;
  readonly counts?: true;
}

interface Lone {
  readonly measure: (progress: Progress, count?: number) => Promise<Findings>;
  readonly counts?: true;
}

interface Wanted {
  readonly name: string;
  readonly count?: number;
}

const SHARED: Readonly<Record<string, Measurement>> = {
  checkouts: { title: 'Creating checkouts, against a bare Fastify + mongoose insert', measure: measureCheckouts },
  notifications: { title: 'Delivering notifications, against a bare BullMQ + undici loop', measure: measureDeliveries },
  keys: { title: 'Checking an API key, against the same answer from a bare open server', measure: measureKeyCheck },
  lag: { title: 'From a status change to the first attempt at a steady pace', measure: measureDeliveryLag, counts: true },
  fairness: { title: 'A receiver beside another one that hangs on every call', measure: measureFairness, counts: true },
  memory: { title: 'Memory of the dispatcher over many deliveries', measure: measureDispatcherMemory, counts: true },
  chaos: { title: 'Notifications while dispatchers are killed, Redis is emptied and NATS restarted', measure: measureChaos, counts: true },
};

/** What needs no running platform, or one of its own because it fills the database. */
const ALONE: Readonly<Record<string, Lone>> = {
  tax: { measure: (progress) => progress.step('Calculating tax', measureTaxCalculations) },
  'tax-report': { measure: measureTaxReport, counts: true },
  lists: { measure: (progress) => measureTransactionLists(progress) },
};

/**
 * `npm run bench`: throughput as ratios to a bare baseline taken in the same run on the same machine and database, lists as
 * ratios of many stored transactions to few, and tax reports as ratios to a scan of the records, because absolute figures say more
 * about the machine than about the program.
 * Ends with code 1 when a promise was broken; figures alone break none.
 * @param args names of measurements, some with a count (`chaos=2000`); all when none is given
 */
export async function bench(args: readonly string[] = []): Promise<number> {
  const known = [...Object.keys(SHARED), ...Object.keys(ALONE)];
  const wanted: readonly Wanted[] = args.length > 0 ? args.map((argument) => parse(argument, known)) : known.map((name) => ({ name }));
  const progress = new Progress();
  const { report, broken = [] } = await measureShared(
    wanted.filter(({ name }) => name in SHARED),
    progress,
  );
  for (const [name, { measure }] of Object.entries(ALONE)) {
    const one = wanted.find((each) => each.name === name);
    if (one) report.push(...(await measure(progress, one.count)).report);
  }
  progress.line('');
  for (const line of report) progress.line(`  ${line}`);
  for (const promise of broken) progress.line(`  ✗ ${promise}`);
  return broken.length > 0 ? 1 : 0;
}

function parse(argument: string, known: readonly string[]): Wanted {
  const [, name = '', count] = /^([^=]*)(?:=([1-9]\d{0,6}))?$/.exec(argument) ?? [];
  if (!known.includes(name)) throw new FriendlyError(`There is no measurement "${argument}".`, `Known: ${known.join(', ')}`);
  if (count === undefined) return { name };
  if (!(SHARED[name] ?? ALONE[name])?.counts) throw new FriendlyError(`The measurement "${name}" takes no count.`);
  return { name, count: Number(count) };
}

async function measureShared(wanted: readonly Wanted[], progress: Progress): Promise<Findings> {
  const report: string[] = [];
  const broken: string[] = [];
  if (wanted.length === 0) return { report, broken };
  const stack = await Stack.startTemporary({ progress, serviceEnv: { LOG_LEVEL: 'warn' } });
  try {
    const seed = await progress.step('Demo organization', () => stack.seedDemo(true));
    for (const { name, count } of wanted) {
      const measurement = SHARED[name];
      if (!measurement) continue;
      const findings = await progress.step(measurement.title, () => measurement.measure(stack, seed, count));
      report.push(...findings.report);
      broken.push(...(findings.broken ?? []));
    }
    return { report, broken };
  } finally {
    await stack.destroy();
  }
}
