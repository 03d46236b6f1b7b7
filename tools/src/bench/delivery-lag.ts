import { pause } from '../stack/managed-process.js';
import type { DemoSeed, Stack } from '../stack/stack.js';
import { EventSource } from './event-source.js';
import { PacedReceiver, quantile } from './paced-receiver.js';

const PER_SECOND = 200;
const DELIVERIES = 6_000;
const WARM_UP = 1_000;
const AIM_MS = 250;
const PATIENCE_MS = 60_000;

/** How long after a status change the merchant hears of it, at a steady pace. */
export async function measureDeliveryLag(stack: Stack, seed: DemoSeed, count = DELIVERIES): Promise<{ report: string[]; p99: number }> {
  const receiver = await PacedReceiver.start();
  const source = await EventSource.connect(stack, seed);
  try {
    for (const length of [WARM_UP, count]) {
      receiver.lags.clear();
      await source.drip(
        Array.from({ length }, () => receiver.url),
        PER_SECOND,
      );
      for (const deadline = Date.now() + PATIENCE_MS; receiver.lags.size < length;) {
        if (Date.now() > deadline) throw new Error(`${length - receiver.lags.size} notifications did not arrive in time`);
        await pause(5);
      }
    }
    const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => quantile(receiver.lags.values(), share));
    return {
      p99: p99 ?? Number.NaN,
      report: [
        `event to first attempt at ${PER_SECOND}/s: p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms (aim: below ${AIM_MS}; ${count} notifications)`,
      ],
    };
  } finally {
    await source.close();
    await receiver.stop();
  }
}
