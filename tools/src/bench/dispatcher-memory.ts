import { pause } from '../stack/managed-process.js';
import type { DemoSeed, Stack } from '../stack/stack.js';
import { CountingReceiver } from './counting-receiver.js';
import { EventSource } from './event-source.js';

const DELIVERIES = 100_000;
const STEPS = 20;
const SAMPLE_MS = 100;
/** The second half may have so much more than the first at its lowest, after a start that is not counted. */
const AIM = 1.1;
const MEGABYTE = 1024 * 1024;

/** Whether the dispatcher needs more memory the longer it works. */
export async function measureDispatcherMemory(
  stack: Stack,
  seed: DemoSeed,
  count = DELIVERIES,
): Promise<{ report: string[]; growth: number }> {
  const receiver = await CountingReceiver.start();
  const source = await EventSource.connect(stack, seed);
  try {
    const sizes: number[] = [];
    for (let step = 0; step < STEPS; step++) {
      const urls = Array.from({ length: Math.ceil(count / STEPS) }, () => receiver.url);
      const arrived = receiver.expect(urls.length);
      const least = leastUntil(stack, arrived);
      await source.flood(urls);
      sizes.push(await least);
    }
    // The first tenth fills caches.
    const counted = sizes.slice(STEPS / 10);
    const half = Math.floor(counted.length / 2);
    const growth = Math.min(...counted.slice(-half)) / Math.min(...counted.slice(0, half));
    return {
      growth,
      report: [
        `memory over ${count} deliveries: second half to first ${growth.toFixed(2)} (aim: at most ${AIM.toFixed(2)})`,
        `  MB of heap in use: ${sizes.map((size) => (size / MEGABYTE).toFixed(0)).join(' ')}`,
      ],
    };
  } finally {
    await source.close();
    await receiver.stop();
  }
}

/** The least that is in use meanwhile. Looked at often, because it comes right after a collection and those are seconds apart. */
async function leastUntil(stack: Stack, end: Promise<void>): Promise<number> {
  const over = end.then(() => true);
  for (let least = Number.POSITIVE_INFINITY; ;) {
    const isOver = await Promise.race([over, pause(SAMPLE_MS).then(() => false)]);
    least = Math.min(least, await heapUsed(stack));
    if (isOver) return least;
  }
}

async function heapUsed(stack: Stack): Promise<number> {
  const answer = await fetch(`${stack.serviceUrl('webhook-dispatcher')}/metrics`);
  const [, bytes] = /^nodejs_heap_size_used_bytes(?:\{[^}]*\})? ([\d.e+]+)$/m.exec(await answer.text()) ?? [];
  if (bytes === undefined) throw new Error('the dispatcher does not say how much memory it uses');
  return Number(bytes);
}
