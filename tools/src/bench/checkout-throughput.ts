import { freePort } from '@paygate/testing';
import autocannon from 'autocannon';
import { join } from 'node:path';
import { ManagedProcess } from '../stack/managed-process.js';
import { accepts } from '../stack/probes.js';
import type { DemoSeed, Stack } from '../stack/stack.js';
import { median } from './median.js';

const CONNECTIONS = 16;
const SECONDS = 6;
const ROUNDS = 3;
const AIM = 0.35;

interface Figures {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

/** Checkouts per second through Caddy → admin-api → NATS → main-backend → database, and the same body inserted directly. */
export async function measureCheckouts(stack: Stack, seed: DemoSeed): Promise<{ report: string[]; ratio: number }> {
  const bare = await startBareInsertServer(stack);
  try {
    const ours = {
      url: `${stack.adminApiUrl}/v1/checkouts/${seed.siteId}/create`,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${seed.apiKey ?? ''}` },
    };
    const baseline = { url: bare.url, headers: { 'content-type': 'application/json' } };
    await load(baseline, 2);
    await load(ours, 3);
    const rounds: { ours: Figures; bare: Figures }[] = [];
    // In turns, so that whatever else the machine does meets both alike.
    for (let round = 0; round < ROUNDS; round++) rounds.push({ bare: await load(baseline, SECONDS), ours: await load(ours, SECONDS) });
    const ratio = median(rounds.map((round) => round.ours.perSecond / round.bare.perSecond));
    const line = (name: string, pick: (round: { ours: Figures; bare: Figures }) => Figures): string =>
      `${name.padEnd(44)} ${median(rounds.map((r) => pick(r).perSecond))
        .toFixed(0)
        .padStart(
          6,
        )}/s   p50 ${median(rounds.map((r) => pick(r).p50)).toFixed(0)} ms   p99 ${median(rounds.map((r) => pick(r).p99)).toFixed(0)} ms`;
    return {
      ratio,
      report: [
        line('checkouts created, whole path', (round) => round.ours),
        line('bare Fastify + mongoose insert', (round) => round.bare),
        `checkout ratio ${ratio.toFixed(2)} (aim: at least ${AIM.toFixed(2)}; median of ${ROUNDS} rounds, ${CONNECTIONS} connections)`,
      ],
    };
  } finally {
    await bare.stop();
  }
}

async function load(target: { url: string; headers: Record<string, string> }, seconds: number): Promise<Figures> {
  const body = JSON.stringify({
    amount: 4900,
    currency: 'EUR',
    email: 'buyer@example.com',
    externalReference: 'bench-[<id>]',
    items: [{ name: 'Professional plan', quantity: 1, unitPrice: 4900, vatRate: 19, itemType: 'digital_service' }],
  });
  const result = await autocannon({
    ...target,
    method: 'POST',
    body,
    idReplacement: true,
    connections: CONNECTIONS,
    duration: seconds,
  });
  const refused = result.non2xx + result.errors + result.timeouts;
  if (refused > 0)
    throw new Error(`${refused} of ${result.requests.total} requests to ${target.url} failed: the figures would mean nothing`);
  return { perSecond: result.requests.average, p50: result.latency.p50, p99: result.latency.p99 };
}

async function startBareInsertServer(stack: Stack): Promise<{ url: string; stop: () => Promise<void> }> {
  const port = await freePort();
  const server = new ManagedProcess({
    name: 'bare-insert-server',
    program: process.execPath,
    args: [join(import.meta.dirname, 'bare-insert-server.js')],
    env: { PORT: String(port), MONGODB_URI: stack.urls.mongo },
    logFile: join(stack.dataDir, 'logs', 'bare-insert-server.log'),
    isReady: () => accepts(port),
  });
  await server.start();
  return { url: `http://127.0.0.1:${port}/checkouts`, stop: () => server.stop() };
}
