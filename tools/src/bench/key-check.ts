import { freePort } from '@paygate/testing';
import autocannon from 'autocannon';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'undici';
import { ManagedProcess } from '../stack/managed-process.js';
import { accepts } from '../stack/probes.js';
import type { DemoSeed, Stack } from '../stack/stack.js';

const CONNECTIONS = 16;
const SECONDS = 4;
const ROUNDS = 3;
/** Requests one after the other, for what a single one costs. */
const SEQUENCES = 60;
const PER_SEQUENCE = 50;
const AIM_MS = 1;

interface Target {
  readonly origin: string;
  readonly path: string;
  readonly headers: Record<string, string>;
}

/**
 * What it costs to find out who is calling: the list of scopes asked for with an API key, and the same bytes from a bare
 * Fastify server. All that the service does beside is in the difference, so the check of the key costs less than that.
 * Nothing is limited or proxied here.
 */
export async function measureKeyCheck(stack: Stack, seed: DemoSeed): Promise<{ report: string[]; addedMs: number }> {
  const ours: Target = {
    origin: stack.serviceUrl('admin-api'),
    path: '/api/v1/scopes',
    headers: { authorization: `Bearer ${seed.apiKey ?? ''}` },
  };
  const bare = await startBareAnswerServer(stack, ours);
  try {
    await Promise.all([load(ours, 2), load(bare.target, 2)]);
    const rates: { ours: number; bare: number }[] = [];
    // In turns, so that whatever else the machine does meets both alike.
    for (let round = 0; round < ROUNDS; round++) rates.push({ bare: await load(bare.target, SECONDS), ours: await load(ours, SECONDS) });
    const p50 = await sequentialMedians(ours, bare.target);
    const addedMs = p50.ours - p50.bare;
    const line = (name: string, perSecond: number, median: number): string =>
      `${name.padEnd(44)} ${perSecond.toFixed(0).padStart(6)}/s   p50 ${median.toFixed(3)} ms`;
    return {
      addedMs,
      report: [
        line('list of scopes, with an API key', middle(rates.map((rate) => rate.ours)), p50.ours),
        line('the same bytes, bare Fastify, open', middle(rates.map((rate) => rate.bare)), p50.bare),
        `key check and all around it add ${addedMs.toFixed(3)} ms at p50 (aim: below ${AIM_MS} ms), ` +
          `rate ratio ${middle(rates.map((rate) => rate.ours / rate.bare)).toFixed(2)} (${CONNECTIONS} connections)`,
      ],
    };
  } finally {
    await bare.stop();
  }
}

async function load({ origin, path, headers }: Target, seconds: number): Promise<number> {
  const result = await autocannon({ url: `${origin}${path}`, headers, connections: CONNECTIONS, duration: seconds });
  const refused = result.non2xx + result.errors + result.timeouts;
  if (refused > 0) throw new Error(`${refused} of ${result.requests.total} requests to ${origin} failed: the figures would mean nothing`);
  return result.requests.average;
}

/** The load generator counts in whole milliseconds; one request after the other shows parts of them. */
async function sequentialMedians(ours: Target, bare: Target): Promise<{ ours: number; bare: number }> {
  const [oursClient, bareClient] = [new Client(ours.origin), new Client(bare.origin)];
  const times = { ours: [] as number[], bare: [] as number[] };
  for (let sequence = 0; sequence < SEQUENCES; sequence++) {
    for (let request = 0; request < PER_SEQUENCE; request++) times.bare.push(await ask(bareClient, bare));
    for (let request = 0; request < PER_SEQUENCE; request++) times.ours.push(await ask(oursClient, ours));
  }
  await Promise.all([oursClient.close(), bareClient.close()]);
  return { ours: middle(times.ours), bare: middle(times.bare) };
}

async function ask(client: Client, { path, headers }: Target): Promise<number> {
  const started = performance.now();
  const { statusCode, body } = await client.request({ method: 'GET', path, headers });
  await body.dump();
  if (statusCode !== 200) throw new Error(`${path} answered ${statusCode}`);
  return performance.now() - started;
}

async function startBareAnswerServer(stack: Stack, source: Target): Promise<{ target: Target; stop: () => Promise<void> }> {
  const answer = await fetch(`${source.origin}${source.path}`, { headers: source.headers });
  if (!answer.ok) throw new Error(`${source.path} answered ${answer.status}`);
  const answerFile = join(stack.dataDir, 'bench-answer.json');
  writeFileSync(answerFile, await answer.text());
  const port = await freePort();
  const server = new ManagedProcess({
    name: 'bare-answer-server',
    program: process.execPath,
    args: [join(import.meta.dirname, 'bare-answer-server.js')],
    env: { PORT: String(port), ANSWER_FILE: answerFile },
    logFile: join(stack.dataDir, 'logs', 'bare-answer-server.log'),
    isReady: () => accepts(port),
  });
  await server.start();
  return { target: { origin: `http://127.0.0.1:${port}`, path: '/scopes', headers: {} }, stop: () => server.stop() };
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
