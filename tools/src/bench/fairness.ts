import { pause } from '../stack/managed-process.js';
import type { DemoSeed, Stack } from '../stack/stack.js';
import { EventSource } from './event-source.js';
import { PacedReceiver, quantile } from './paced-receiver.js';

const DELIVERIES = 3_000;
/** A service that has just started takes twice as long for everything; its code is not compiled yet. */
const WARM_UP = 8_000;
const ROUNDS = 5;
const HANGS_MS = 15_000;
/** One notification in so many is for the receiver that hangs. */
const SHARE = 20;
/** That many hang before anything is measured. */
const HANGING_FIRST = 10;
const PER_SECOND = 100;
const PACED_SECONDS = 8;
const AIM = 0.9;
const PATIENCE_MS = 120_000;

interface Round {
  /** Notifications of the healthy receiver per second, as fast as possible. */
  readonly perSecond: number;
  /** Milliseconds from event to request at a steady pace. */
  readonly p99: number;
}

/** What a receiver loses when another one that is told something now and then hangs on every call. */
export async function measureFairness(stack: Stack, seed: DemoSeed, count = DELIVERIES): Promise<{ report: string[]; ratio: number }> {
  const source = await EventSource.connect(stack, seed);
  try {
    await round(source, WARM_UP, false);
    const rounds: { alone: Round; beside: Round }[] = [];
    for (let i = 0; i < ROUNDS; i++) {
      // In turns, because the later one finds everything warmer.
      const before = i % 2 === 1 ? await round(source, count, true) : undefined;
      const alone = await round(source, count, false);
      rounds.push({ alone, beside: before ?? (await round(source, count, true)) });
    }
    const median = (pick: (round: { alone: Round; beside: Round }) => number): number => quantile(rounds.map(pick), 0.5);
    const ratio = median(({ alone, beside }) => beside.perSecond / alone.perSecond);
    const each = (pick: (round: Round) => number): string =>
      rounds.map(({ alone, beside }) => `${pick(alone).toFixed(0)} → ${pick(beside).toFixed(0)}`).join(', ');
    return {
      ratio,
      report: [
        `beside a receiver that hangs ${HANGS_MS / 1000} s: throughput ratio ${ratio.toFixed(2)} (aim: at least ${AIM.toFixed(2)}; median of ${ROUNDS} rounds of ${count})`,
        `  per second, other receiver alone → beside: ${each(({ perSecond }) => perSecond)}`,
        `  p99 event to attempt at ${PER_SECOND}/s in ms, alone → beside: ${each(({ p99 }) => p99)}`,
      ],
    };
  } finally {
    await source.close();
  }
}

/** New receivers each time, so that nothing is remembered of the last round but what still waits for the ones that hung. */
async function round(source: EventSource, count: number, isBesideHanging: boolean): Promise<Round> {
  const [healthy, other] = await Promise.all([PacedReceiver.start(), PacedReceiver.start(HANGS_MS)]);
  try {
    if (isBesideHanging) {
      await source.flood(Array.from({ length: HANGING_FIRST }, () => other.url));
      await until(() => other.lags.size > 0);
    }
    const urls = (length: number): string[] =>
      Array.from({ length }, (_, i) => (isBesideHanging && i % SHARE === 0 ? [other.url, healthy.url] : [healthy.url])).flat();
    const wanted = (all: readonly string[]): number => healthy.lags.size + all.filter((url) => url === healthy.url).length;
    const flood = urls(count);
    const flooded = wanted(flood);
    const started = performance.now();
    await source.flood(flood);
    await until(() => healthy.lags.size >= flooded);
    const perSecond = flooded / ((performance.now() - started) / 1000);
    healthy.lags.clear();
    const drip = urls(PER_SECOND * PACED_SECONDS);
    const dripped = wanted(drip);
    await source.drip(drip, PER_SECOND);
    await until(() => healthy.lags.size >= dripped);
    return { perSecond, p99: quantile(healthy.lags.values(), 0.99) };
  } finally {
    await Promise.all([healthy.stop(), other.stop()]);
  }
}

async function until(isSo: () => boolean): Promise<void> {
  for (const deadline = Date.now() + PATIENCE_MS; !isSo();) {
    if (Date.now() > deadline) throw new Error('notifications did not arrive in time');
    await pause(2);
  }
}
