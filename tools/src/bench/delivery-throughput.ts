import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { DemoSeed, Stack } from '../stack/stack.js';
import { CountingReceiver } from './counting-receiver.js';
import { STATUS_CHANGED, statusEvent } from './status-event.js';

const DELIVERIES = 4_000;
const ROUNDS = 3;
const AIM = 0.8;

/** Notifications per second from event to acknowledged POST, and the same POSTs by a bare queue worker. */
export async function measureDeliveries(stack: Stack, seed: DemoSeed): Promise<{ report: string[]; ratio: number }> {
  const receiver = await CountingReceiver.start();
  try {
    // The first rounds warm both up and are thrown away.
    await bareRound(stack, receiver, 500);
    await ourRound(stack, seed, receiver, 500);
    const rounds: { ours: number; bare: number }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      rounds.push({ bare: await bareRound(stack, receiver, DELIVERIES), ours: await ourRound(stack, seed, receiver, DELIVERIES) });
    }
    const ratios = rounds.map((round) => round.ours / round.bare).sort((a, b) => a - b);
    const ratio = ratios[Math.floor(ROUNDS / 2)] ?? Number.NaN;
    const best = (pick: (round: { ours: number; bare: number }) => number): string =>
      Math.max(...rounds.map(pick))
        .toFixed(0)
        .padStart(6);
    return {
      ratio,
      report: [
        `${'notifications delivered, event to answer'.padEnd(44)} ${best((round) => round.ours)}/s`,
        `${'bare BullMQ + undici loop'.padEnd(44)} ${best((round) => round.bare)}/s`,
        `delivery ratio ${ratio.toFixed(2)} (aim: at least ${AIM.toFixed(2)}; median of ${ROUNDS} rounds of ${DELIVERIES})`,
      ],
    };
  } finally {
    await receiver.stop();
  }
}

async function ourRound(stack: Stack, seed: DemoSeed, receiver: CountingReceiver, count: number): Promise<number> {
  const connection = await connect({ servers: stack.urls.nats });
  try {
    const stream = jetstream(connection);
    const arrived = receiver.expect(count);
    const started = performance.now();
    for (let sent = 0; sent < count; sent += 200) {
      await Promise.all(
        Array.from({ length: Math.min(200, count - sent) }, () => {
          const event = statusEvent(seed, { ipnUrl: receiver.url });
          return stream.publish(STATUS_CHANGED, JSON.stringify(event), { msgID: event.id });
        }),
      );
    }
    await arrived;
    return count / ((performance.now() - started) / 1000);
  } finally {
    await connection.close();
  }
}

/** The baseline runs in a process of its own, as the dispatcher does. */
function bareRound(stack: Stack, receiver: CountingReceiver, count: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'bare-delivery-loop.js')], {
      env: { ...process.env, REDIS_URL: stack.urls.redis, TARGET_URL: receiver.url, COUNT: String(count) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(Number(output));
      else reject(new Error(`the bare delivery loop ended with code ${code ?? 'unknown'}`));
    });
  });
}
