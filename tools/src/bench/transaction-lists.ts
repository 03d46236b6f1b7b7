import { totalmem } from 'node:os';
import { Client } from 'undici';
import type { Progress } from '../progress.js';
import { Stack } from '../stack/stack.js';
import { StoredTransactions } from './stored-transactions.js';

const FEW = 10_000;
const MANY = 1_000_000;
const WARM_UP = 10;
const ROUNDS = 40;
const AIM = 2;
/** The stand-in holds everything in memory: about 7 kB a transaction with its index entries. */
const DATABASE_MEMORY_MB = 12_000;
const MB = 1_000_000;

interface Answer {
  readonly total?: number;
  readonly nextCursor?: string;
}

/** A platform whose only merchant has so many transactions. */
interface Side {
  /** By its name: the path of each question. The same names on every side. */
  readonly paths: ReadonlyMap<string, string>;
  readonly ask: (path: string) => Promise<Answer>;
  readonly close: () => Promise<void>;
}

/**
 * What lists and the dashboard cost with few and with many stored transactions of one merchant: p50 of requests one after the
 * other, through admin-api, NATS, main-backend and the database. Two platforms run side by side and are asked in turns, so that
 * whatever else the machine does meets both alike.
 */
export async function measureTransactionLists(progress: Progress): Promise<{ report: string[]; worst?: number }> {
  if (totalmem() < DATABASE_MEMORY_MB * MB) {
    return { report: [`lists with ${MANY} transactions were not measured: they need ${DATABASE_MEMORY_MB / 1000} GB of memory`] };
  }
  const sides: Side[] = [];
  try {
    for (const count of [FEW, MANY]) sides.push(await startSide(count, progress));
    const [few, many] = await progress.step('Asking both for lists and the dashboard', () => medians(sides));
    const lines = [...(few ?? [])].map(([name, before]) => {
      const after = many?.get(name) ?? Number.NaN;
      return { ratio: after / before, line: `${name.padEnd(44)} ${ms(before)} ${ms(after)}   ratio ${(after / before).toFixed(2)}` };
    });
    const worst = Math.max(...lines.map(({ ratio }) => ratio));
    return {
      worst,
      report: [
        `p50 with ${FEW} and with ${MANY} stored transactions`,
        ...lines.map(({ line }) => `  ${line}`),
        `worst list ratio ${worst.toFixed(2)} (aim: below ${AIM}; ${ROUNDS} requests each, one after the other)`,
      ],
    };
  } finally {
    for (const side of sides) await side.close();
  }
}

async function startSide(count: number, progress: Progress): Promise<Side> {
  const stack = await Stack.startTemporary({ progress, serviceEnv: { LOG_LEVEL: 'warn' }, databaseMemoryMb: DATABASE_MEMORY_MB });
  try {
    const seed = await progress.step('Demo organization', () => stack.seedDemo(true));
    const stored = new StoredTransactions(stack, seed);
    await progress.step(`Storing ${count} transactions, and counting them`, () => stored.fill(count, progress));
    const client = new Client(stack.serviceUrl('admin-api'));
    const headers = { authorization: `Bearer ${seed.apiKey ?? ''}` };
    const ask = async (path: string): Promise<Answer> => {
      const { statusCode, body } = await client.request({ method: 'GET', path: `/api/v1/${path}`, headers });
      const text = await body.text();
      if (statusCode !== 200) throw new Error(`${path} answered ${statusCode}: ${text}`);
      return JSON.parse(text) as Answer;
    };
    const { total } = await ask('transactions');
    if (total !== count) throw new Error(`${count} transactions are stored, ${total ?? 'none'} are counted`);
    // The cursor of a list that ends in the middle of the year leads into the middle of any list.
    const middle = await ask(`transactions?limit=1&to=${stored.at(0.5).toISOString()}`);
    const close = async (): Promise<void> => {
      await client.close();
      await stack.destroy();
    };
    return { paths: questionsAbout(stored, middle.nextCursor ?? ''), ask, close };
  } catch (error) {
    await stack.destroy();
    throw error;
  }
}

/** In milliseconds by question, one for each side. */
async function medians(sides: readonly Side[]): Promise<Map<string, number>[]> {
  const times = sides.map(({ paths }) => new Map([...paths.keys()].map((name) => [name, [] as number[]])));
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    for (const name of sides[0]?.paths.keys() ?? []) {
      for (const [i, { paths, ask }] of sides.entries()) {
        const started = performance.now();
        await ask(paths.get(name) ?? '');
        if (round >= 0) times[i]?.get(name)?.push(performance.now() - started);
      }
    }
  }
  return times.map((all) => new Map([...all].map(([name, some]) => [name, some.sort((a, b) => a - b)[some.length >> 1] ?? Number.NaN])));
}

function questionsAbout(stored: StoredTransactions, cursor: string): Map<string, string> {
  const [site, provider] = [stored.siteIds[1] ?? '', stored.providerIds[1] ?? ''];
  const day = (part: number): string => stored.at(part).toISOString().slice(0, 10);
  const month = `from=${day(0.5)}&to=${day(0.58)}`;
  return new Map([
    ['newest', 'transactions'],
    ['by status', 'transactions?status=failed'],
    ['by currency', 'transactions?currency=USD'],
    ['by status and currency', 'transactions?status=failed&currency=USD'],
    ['by site', `transactions?siteId=${site}`],
    ['by provider', `transactions?providerId=${provider}`],
    ['by a month of days', `transactions?${month}`],
    ['by site, status and a month', `transactions?siteId=${site}&status=failed&${month}`],
    ['by site, provider, status and currency', `transactions?siteId=${site}&providerId=${provider}&status=succeeded&currency=EUR`],
    ['by client', `transactions?clientId=${stored.clientId(77)}`],
    ['by order reference', 'transactions?externalReference=bench-777'],
    ['from the middle on, by cursor', `transactions?cursor=${cursor}`],
    ['by status, from the middle on, by cursor', `transactions?status=failed&cursor=${cursor}`],
    ['dashboard of 30 days', 'dashboard?period=30d'],
    ['dashboard of a year', `dashboard?from=${day(0)}&to=${day(0.999)}`],
  ]);
}

function ms(value: number): string {
  return `${value.toFixed(2).padStart(9)} ms`;
}
