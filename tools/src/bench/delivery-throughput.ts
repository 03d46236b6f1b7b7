import { connect, headers } from '@nats-io/transport-node';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { DemoSeed, Stack } from '../stack/stack.js';
import { CountingReceiver } from './counting-receiver.js';
import { median } from './median.js';
import { STATUS_CHANGED, statusEvent } from './status-event.js';

const DELIVERIES = 4_000;
const ROUNDS = 5;
/** For a while a service that has just started takes twice as long for everything; its code is not compiled yet. */
const WARM_UP = 8_000;
const AIM = 0.8;

interface BareRates {
  justStarted: number;
  warm: number;
}

/** Notifications per second from event to acknowledged POST, and the same POSTs by a bare queue worker. */
export async function measureDeliveries(stack: Stack, seed: DemoSeed): Promise<{ report: string[]; ratio: number }> {
  const receiver = await CountingReceiver.start();
  try {
    await ourRound(stack, seed, receiver, WARM_UP);
    const rounds: ({ ours: number } & BareRates)[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      rounds.push({ ...(await bareRounds(stack, receiver)), ours: await ourRound(stack, seed, receiver, DELIVERIES) });
    }
    const ratio = median(rounds.map(({ ours, warm }) => ours / warm));
    const toJustStarted = median(rounds.map(({ ours, justStarted }) => ours / justStarted));
    const line = (name: string, rates: number[]): string => `${name.padEnd(44)} ${median(rates).toFixed(0).padStart(6)}/s`;
    const each = `medians of ${ROUNDS} rounds of ${DELIVERIES}`;
    return {
      ratio,
      report: [
        line(
          'notifications delivered, event to answer',
          rounds.map(({ ours }) => ours),
        ),
        line(
          'bare BullMQ + undici loop, warmed up',
          rounds.map(({ warm }) => warm),
        ),
        line(
          'bare BullMQ + undici loop, just started',
          rounds.map(({ justStarted }) => justStarted),
        ),
        `delivery ratio ${ratio.toFixed(2)}, to a loop just started ${toJustStarted.toFixed(2)} (aim: at least ${AIM.toFixed(2)}; ${each})`,
      ],
    };
  } finally {
    await receiver.stop();
  }
}

async function ourRound(stack: Stack, seed: DemoSeed, receiver: CountingReceiver, count: number): Promise<number> {
  const events = Array.from({ length: count }, () => statusEvent(seed, { ipnUrl: receiver.url })).map((event) => {
    const messageHeaders = headers();
    messageHeaders.set('Nats-Msg-Id', event.id);
    return { text: JSON.stringify(event), options: { headers: messageHeaders } };
  });
  const connection = await connect({ servers: stack.urls.nats });
  try {
    const arrived = receiver.expect(count);
    const started = performance.now();
    for (const { text, options } of events) connection.publish(STATUS_CHANGED, text, options);
    await arrived;
    return count / ((performance.now() - started) / 1000);
  } finally {
    await connection.close();
  }
}

/** The baseline runs in a process of its own, as the dispatcher does. */
function bareRounds(stack: Stack, receiver: CountingReceiver): Promise<BareRates> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'bare-delivery-loop.js')], {
      env: { ...process.env, REDIS_URL: stack.urls.redis, TARGET_URL: receiver.url, COUNT: String(DELIVERIES) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(JSON.parse(output) as BareRates);
      else reject(new Error(`the bare delivery loop ended with code ${code ?? 'unknown'}`));
    });
  });
}
