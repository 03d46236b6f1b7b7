import { afterAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@paygate/testing';
import { createCheckout, freePortBase, REPOSITORY_ROOT } from '@paygate/tools';
import type { Merchant } from '@paygate/tools';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'paygate-start-'));
const dataDir = join(folder, 'data');
const readyFile = join(folder, 'ready');

interface Started {
  readonly process: ChildProcess;
  readonly exited: Promise<number | null>;
  output: string;
}

/** `npm start`, as a person runs it. */
function npmStart(portBase: number, data = dataDir): Started {
  const child = spawn(process.execPath, [join(REPOSITORY_ROOT, 'tools/bootstrap.mjs'), 'start', '--ready-file', readyFile], {
    env: { ...process.env, NODE_OPTIONS: '', PAYGATE_PORT_BASE: String(portBase), PAYGATE_DATA_DIR: data },
  });
  const started: Started = {
    process: child,
    output: '',
    exited: new Promise((resolve) => child.once('close', (code) => resolve(code))),
  };
  const collect = (chunk: Buffer): void => void (started.output += chunk.toString());
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  return started;
}

const untilReady = (started: Started): Promise<void> =>
  eventually(() => expect({ ready: existsSync(readyFile), output: started.output }).toMatchObject({ ready: true }), { timeoutMs: 60_000 });

interface DemoFile {
  readonly adminApiUrl: string;
  readonly signInUrl: string;
  readonly adminAccessToken: string;
  readonly siteId: string;
  readonly apiKey: string;
}

const readDemo = (): DemoFile => JSON.parse(readFileSync(join(dataDir, 'demo.json'), 'utf8')) as DemoFile;

const listed = async (merchant: Merchant): Promise<string[]> => {
  const response = await fetch(`${merchant.adminApiUrl}/v1/checkouts`, { headers: { authorization: `Bearer ${merchant.apiKey}` } });
  expect(response.status).toBe(200);
  return ((await response.json()) as { checkouts: { id: string }[] }).checkouts.map(({ id }) => id);
};

describe('npm start', () => {
  const running: Started[] = [];

  afterAll(async () => {
    for (const { process, exited } of running) {
      process.kill('SIGINT');
      await exited;
    }
    rmSync(folder, { recursive: true, force: true });
  });

  it('starts, keeps its data over a stop, and a second start finds it, on other ports too', async () => {
    const first = npmStart(await freePortBase());
    running.push(first);
    await untilReady(first);
    expect(statSync(join(dataDir, 'demo.json')).mode & 0o777).toBe(0o600);
    const { id } = await createCheckout(readDemo(), { amount: 100, currency: 'EUR', externalReference: 'kept' });
    first.process.kill('SIGINT');
    expect(await first.exited).toBe(0);
    expect(first.output).toContain('Stopped.');
    expect(existsSync(readyFile)).toBe(false);

    const before = readDemo();
    const second = npmStart(await freePortBase());
    running.push(second);
    await untilReady(second);
    const after = readDemo();
    expect({ siteId: after.siteId, apiKey: after.apiKey }).toEqual({ siteId: before.siteId, apiKey: before.apiKey });
    expect(after.adminApiUrl).not.toBe(before.adminApiUrl);
    expect(await listed(after)).toEqual([id]);

    const signedIn = await fetch(`${after.adminApiUrl}/v1/auth/login/check`, {
      headers: { authorization: `Token ${after.adminAccessToken}` },
    });
    expect(await signedIn.json()).toMatchObject({ authenticated: true, user: { displayName: 'Demo admin' } });
    expect(second.output).toContain(after.signInUrl);
    expect(new URL(after.signInUrl).origin).toBe(after.adminApiUrl);

    const rival = npmStart(await freePortBase());
    expect(await rival.exited).toBe(1);
    expect(rival.output).toMatch(/Another paygate stack \(process \d+\) runs on the data folder/);
    expect(rival.output).toContain('PAYGATE_DATA_DIR=');
  }, 150_000);

  it('says which port is taken and how to choose others', async () => {
    const base = await freePortBase();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(base + 1, '127.0.0.1', resolve));
    const started = npmStart(base, join(folder, 'other-data'));
    expect(await started.exited).toBe(1);
    expect(started.output).toContain(`Port ${base + 1} is already taken`);
    expect(started.output).toContain(`PAYGATE_PORT_BASE=${base + 1000} npm start`);
    await new Promise((resolve) => other.close(resolve));
  }, 60_000);
});
