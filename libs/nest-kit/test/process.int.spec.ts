import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startProbe } from './support/probe-process.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'probe-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const started = async (changes: Record<string, string> = {}) => {
  const probe = startProbe(changes);
  const { address } = await probe.line({ msg: 'ready' });
  return { ...probe, address: String(address) };
};

async function untilRefused(address: string): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (Date.now() < deadline) {
    const refused = await fetch(`${address}/health`, { headers: { connection: 'close' } }).then(
      () => false,
      () => true,
    );
    if (refused) return;
    await pause(10);
  }
  throw new Error('the service still accepts connections');
}

describe('stopping', () => {
  it('SIGTERM: no new connections, the request in flight is answered with its resources open, exit code 0', async () => {
    const release = join(folder, 'release');
    const probe = await started({ RELEASE_FILE: release });
    const inFlight = fetch(`${probe.address}/slow`);
    await probe.line({ event: 'slow entered' });

    const signalled = Date.now();
    probe.kill('SIGTERM');
    await probe.line({ msg: 'stopping' });
    await untilRefused(probe.address);
    writeFileSync(release, '');
    const answer = await inFlight;
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ resourceOpen: true });

    const { code, lines } = await probe.ended;
    expect(code).toBe(0);
    expect(lines.some((line) => line['event'] === 'resource closed')).toBe(true);
    expect(lines.at(-1)).toMatchObject({ msg: 'stopped', finished: true });
    // The kept-alive connection of the answered request must not use up the grace period of 10 s.
    expect(Date.now() - signalled).toBeLessThan(8_000);
  });

  it('a request that outlasts the grace period is cut off', async () => {
    const probe = await started({ SHUTDOWN_GRACE_MS: '100', RELEASE_FILE: join(folder, 'never') });
    const inFlight = fetch(`${probe.address}/slow`).then(
      () => 'answered',
      () => 'cut off',
    );
    await probe.line({ event: 'slow entered' });
    probe.kill('SIGTERM');
    expect(await inFlight).toBe('cut off');
    const { code, lines } = await probe.ended;
    expect(code).toBe(0);
    expect(lines.at(-1)).toMatchObject({ msg: 'stopped', finished: false });
  });

  it('a second signal ends the process at once', async () => {
    const probe = await started({ SHUTDOWN_GRACE_MS: '15000', RELEASE_FILE: join(folder, 'never') });
    const inFlight = fetch(`${probe.address}/slow`).then(
      () => 'answered',
      () => 'cut off',
    );
    await probe.line({ event: 'slow entered' });
    probe.kill('SIGINT');
    await probe.line({ msg: 'stopping' });
    const signalled = Date.now();
    probe.kill('SIGINT');
    expect((await probe.ended).code).toBe(1);
    expect(Date.now() - signalled).toBeLessThan(5_000);
    expect(await inFlight).toBe('cut off');
  });

  it('an error nobody expected is logged and ends the process with code 1', async () => {
    const probe = await started();
    await fetch(`${probe.address}/crash`).catch(() => undefined);
    const { code, lines } = await probe.ended;
    expect(code).toBe(1);
    expect(lines.at(-1)).toMatchObject({ level: 'fatal', err: { message: 'nobody catches this' } });
  });
});

describe('running', () => {
  it('writes one line per request, without its query', async () => {
    const probe = await started();
    const answer = await fetch(`${probe.address}/health?email=jane@example.com`, { headers: { 'x-request-id': 'order-1' } });
    expect(answer.status).toBe(200);
    await fetch(`${probe.address}/%ff`);
    await probe.line({ path: '/%ff', status: 404 });
    probe.kill('SIGTERM');
    const { code, lines } = await probe.ended;
    expect(code).toBe(0);
    expect(lines.filter((line) => line['requestId'] === 'order-1')).toEqual([
      {
        level: 'info',
        time: expect.any(String),
        service: 'probe',
        requestId: 'order-1',
        method: 'GET',
        path: '/health',
        status: 200,
        latencyMs: expect.any(Number),
        msg: 'request',
      },
    ]);
  });
});

describe('failing to start', () => {
  it('lists every configuration problem without values', async () => {
    const { code, stderr } = await startProbe({ PORT: 'x', NATS_URL: undefined, SYSTEM_ENCRYPTION_KEY: 'k:hunter2hunter2' }).ended;
    expect(code).toBe(1);
    expect(stderr).toContain('PORT is wrong; expected an integer');
    expect(stderr).toContain('NATS_URL is missing; expected an address like nats://');
    expect(stderr).toContain('SYSTEM_ENCRYPTION_KEY is wrong; expected keyId:base64(32 bytes)');
    expect(stderr).not.toContain('hunter2');
    expect(stderr).not.toContain('    at ');
  });

  it('a port in use: names the port and the variable', async () => {
    const occupant = createServer();
    await new Promise<void>((resolve) => occupant.listen(0, '127.0.0.1', resolve));
    const { port } = occupant.address() as AddressInfo;
    const { code, stderr } = await startProbe({ PORT: String(port) }).ended;
    occupant.close();
    expect(code).toBe(1);
    expect(stderr).toBe(
      `probe could not start: port ${port} on 127.0.0.1 is already in use. Stop what uses it, or set PORT to a free port.\n`,
    );
  });

  it('an address of another machine: names HOST', async () => {
    const { code, stderr } = await startProbe({ HOST: '192.0.2.1' }).ended;
    expect(code).toBe(1);
    expect(stderr).toContain('Set HOST to one that is.');
  });
});
