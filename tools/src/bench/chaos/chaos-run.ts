import { join } from 'node:path';
import mongoose from 'mongoose';
import { ManagedProcess, pause } from '../../stack/managed-process.js';
import { freeServerPort } from '../../stack/ports.js';
import { answersOk } from '../../stack/probes.js';
import type { DemoSeed, Stack } from '../../stack/stack.js';
import { planChaos, seededRandom } from './chaos-plan.js';
import type { ChaosPlan } from './chaos-plan.js';
import { ChaosPublisher } from './chaos-publisher.js';
import { ChaosReceivers } from './chaos-receivers.js';
import { judgeChaos } from './chaos-verdict.js';
import type { ChaosVerdict, StoredDelivery } from './chaos-verdict.js';
import { Disasters } from './disasters.js';
import type { DisasterCounts } from './disasters.js';

export interface ChaosSize {
  readonly events: number;
  readonly endpoints: number;
  /** How fast the events are told, at most. */
  readonly perSecond: number;
  readonly disasters: DisasterCounts;
  /** Makes the run repeatable, as far as the machine is. */
  readonly seed: number;
}

export interface ChaosOutcome {
  readonly verdict: ChaosVerdict;
  readonly plan: ChaosPlan;
  readonly requests: number;
  readonly acknowledged: number;
  /** Deliveries by what became of them. */
  readonly states: Readonly<Record<string, number>>;
  /** Until everything was told, and until everything had arrived. */
  readonly seconds: { readonly told: number; readonly settled: number };
}

const DISPATCHERS = 2;
/** Nothing more arrives for so long although not all has: the run is over. */
const STUCK_AFTER_MS = 60_000;
const LOOK_EVERY_MS = 500;
/** Leases end soon, so that what a killed dispatcher had on the wire is not waited for. */
const IMPATIENT = { DELIVERY_TIMEOUT_MS: '2000', DELIVERY_SWEEP_MS: '500' };

/**
 * Tells of payments while dispatchers are killed, Redis is emptied and NATS restarted, until everything that can arrive has.
 * The stack's own dispatcher makes room for two that retry sooner.
 */
export async function runChaos(stack: Stack, demo: DemoSeed, size: ChaosSize): Promise<ChaosOutcome> {
  const random = seededRandom(size.seed);
  const plan = planChaos(size.events, size.endpoints, random);
  const own = stack.process('webhook-dispatcher');
  await own.stop();
  const receivers = await ChaosReceivers.start(plan.tempers, random);
  const dispatchers = await Promise.all(Array.from({ length: DISPATCHERS }, (_, i) => impatientDispatcher(stack, own, i + 1)));
  const since = new Date();
  const database = await mongoose.createConnection(stack.urls.mongo, { dbName: 'paygate_dispatch' }).asPromise();
  try {
    await Promise.all(dispatchers.map((dispatcher) => dispatcher.start()));
    const publisher = await ChaosPublisher.connect(stack.urls.nats, demo, receivers.urls);
    const started = performance.now();
    const disasters = new Disasters(stack, dispatchers, size.disasters);
    await publisher.publish(plan.events, size.perSecond, (share) => disasters.pass(share));
    await disasters.finish();
    await publisher.close();
    const told = (performance.now() - started) / 1000;
    await receivers.revive();
    const deliveries = new StoredDeliveries(database, since);
    await settled(deliveries, receivers, plan);
    const seconds = { told, settled: (performance.now() - started) / 1000 };
    // What they still do ends before anybody judges.
    await Promise.all(dispatchers.map((dispatcher) => dispatcher.stop()));
    const stored = await deliveries.all();
    const states: Record<string, number> = {};
    for (const { state } of stored) states[state] = (states[state] ?? 0) + 1;
    const acknowledged = receivers.arrivals.filter(({ answer }) => answer === 200).length;
    const verdict = judgeChaos(plan, receivers.arrivals, stored);
    return { verdict, plan, requests: receivers.arrivals.length, acknowledged, states, seconds };
  } finally {
    await Promise.all(dispatchers.map((dispatcher) => dispatcher.kill()));
    await receivers.stop();
    await database.close();
    await own.start();
  }
}

/** The deliveries of this run. */
class StoredDeliveries {
  private readonly rows;

  constructor(
    database: mongoose.Connection,
    private readonly since: Date,
  ) {
    this.rows = database.collection('deliveries');
  }

  async open(withoutOrigins: readonly string[]): Promise<number> {
    return this.rows.countDocuments({ state: { $in: ['scheduled', 'sending'] }, origin: { $nin: [...withoutOrigins] } });
  }

  async count(): Promise<number> {
    return this.rows.countDocuments({ createdAt: { $gte: this.since } });
  }

  async all(): Promise<StoredDelivery[]> {
    const projection = { _id: 0, transactionId: 1, eventVersion: 1, state: 1 };
    return this.rows.find<StoredDelivery>({ createdAt: { $gte: this.since } }, { projection }).toArray();
  }
}

/** Every event has its delivery and none is open, but those nobody will ever accept. */
async function settled(deliveries: StoredDeliveries, receivers: ChaosReceivers, plan: ChaosPlan): Promise<void> {
  const gone = receivers.urls.filter((_, endpoint) => plan.tempers[endpoint] === 'gone').map((url) => new URL(url).origin);
  let last = '';
  for (let changedAt = Date.now(); Date.now() - changedAt < STUCK_AFTER_MS;) {
    const open = await deliveries.open(gone);
    if (open === 0 && (await deliveries.count()) >= plan.events.length) return;
    const now = `${open} ${receivers.arrivals.length}`;
    if (now !== last) [last, changedAt] = [now, Date.now()];
    await pause(LOOK_EVERY_MS);
  }
}

async function impatientDispatcher(stack: Stack, own: ManagedProcess, number: number): Promise<ManagedProcess> {
  const port = await freeServerPort();
  return new ManagedProcess({
    name: `webhook-dispatcher ${number}`,
    program: process.execPath,
    args: ['--enable-source-maps', join(import.meta.dirname, 'impatient-dispatcher.js')],
    env: { ...own.spec.env, ...IMPATIENT, PORT: String(port) },
    logFile: join(stack.dataDir, 'logs', `chaos-dispatcher-${number}.log`),
    isReady: () => answersOk(`http://127.0.0.1:${port}/health`),
    readyTimeoutMs: 60_000,
  });
}
