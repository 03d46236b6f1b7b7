import { totalmem } from 'node:os';
import { Client } from 'undici';
import type { Progress } from '../progress.js';
import { Stack } from '../stack/stack.js';
import type { DemoSeed } from '../stack/stack.js';
import { StoredTaxRecords } from './stored-tax-records.js';

const RECORDS = 1_000_000;
const WARM_UP = 2;
const ROUNDS = 9;
const AIM = 0.2;
/** The stand-in holds everything in memory: about 10 kB a record with its index entries. */
const RECORD_KB = 10;
const LEAST_MEMORY_MB = 2_000;
const MB = 1_000_000;

interface Report {
  readonly totals: readonly { readonly records: number }[];
}

/**
 * What tax by country costs over a year of records, as a ratio to a scan of the same records that makes the same sums. The report goes
 * through HTTP, access checks and admin-api; both are asked in turns, of the same database.
 */
export async function measureTaxReport(progress: Progress, count = RECORDS): Promise<{ report: string[]; ratio?: number }> {
  const databaseMemoryMb = Math.max(LEAST_MEMORY_MB, Math.ceil((count * RECORD_KB) / 1000));
  if (totalmem() < databaseMemoryMb * MB) {
    return {
      report: [`tax reports over ${count} records were not measured: they need ${Math.ceil(databaseMemoryMb / 1000)} GB of memory`],
    };
  }
  const stack = await Stack.startTemporary({ progress, serviceEnv: { LOG_LEVEL: 'warn' }, databaseMemoryMb });
  try {
    const seed = await progress.step('Demo organization', () => stack.seedDemo(true));
    const stored = await StoredTaxRecords.connect(stack, seed);
    try {
      await progress.step(`Storing ${count} tax records, and summing them`, () => stored.fill(count, progress));
      return await progress.step('Tax by country, and a scan of the records', () => compare(stack, seed, stored, count));
    } finally {
      await stored.close();
    }
  } finally {
    await stack.destroy();
  }
}

async function compare(
  stack: Stack,
  seed: DemoSeed,
  stored: StoredTaxRecords,
  count: number,
): Promise<{ report: string[]; ratio: number }> {
  const client = new Client(stack.serviceUrl('admin-api'));
  const headers = { authorization: `Bearer ${seed.apiKey ?? ''}` };
  const ask = (query: string) => async (): Promise<number> => {
    const { statusCode, body } = await client.request({ method: 'GET', path: `/api/v1/tax/reports/by-country?${query}`, headers });
    const text = await body.text();
    if (statusCode !== 200) throw new Error(`the report answered ${statusCode}: ${text}`);
    return (JSON.parse(text) as Report).totals.reduce((sum, { records }) => sum + records, 0);
  };
  const year = `startDate=${stored.year}-01-01&endDate=${stored.year}-12-31`;
  const sides = [
    { name: 'scan of the records', all: true, run: () => stored.scan() },
    { name: 'by country, the year', all: true, run: ask(year) },
    { name: 'by country, the year in Europe/Berlin', all: false, run: ask(`${year}&timezone=Europe/Berlin`) },
  ];
  try {
    const times = sides.map(() => [] as number[]);
    for (let round = -WARM_UP; round < ROUNDS; round++) {
      for (const [i, { name, all, run }] of sides.entries()) {
        const started = performance.now();
        const seen = await run();
        if (round >= 0) times[i]?.push(performance.now() - started);
        if (all && seen !== count) throw new Error(`${count} records are stored, "${name}" has ${seen}`);
      }
    }
    const medians = times.map((some) => some.sort((a, b) => a - b)[some.length >> 1] ?? Number.NaN);
    const [scan = Number.NaN] = medians;
    const ratio = Math.max(...medians.slice(1)) / scan;
    return {
      ratio,
      report: [
        `p50 over ${count} tax records of a year`,
        ...sides.map(({ name }, i) => `  ${name.padEnd(40)} ${(medians[i] ?? Number.NaN).toFixed(1).padStart(9)} ms`),
        `tax by country to a scan of the same records: ratio ${ratio.toFixed(3)} (aim: at most ${AIM})`,
      ],
    };
  } finally {
    await client.close();
  }
}
