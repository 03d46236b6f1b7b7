import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually, startNats } from '@paygate/testing';
import type { RunningServer } from '@paygate/testing';
import { told } from './contracts.js';
import { startMessagingApp } from './messaging-app.js';
import type { MessagingApp } from './messaging-app.js';
import { WorkerProcess } from './worker-process.js';

const EVENTS = 300;

describe('a worker that ends under load', () => {
  let nats: RunningServer;
  let admin: MessagingApp;
  let workers: WorkerProcess[];

  beforeEach(async () => {
    nats = await startNats();
    admin = await startMessagingApp({ url: nats.url, service: 'admin' });
    workers = await Promise.all([WorkerProcess.start(nats.url), WorkerProcess.start(nats.url)]);
  });
  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.end('SIGKILL')));
    await admin.app.close();
    await nats.stop();
  });

  const publish = async (number: number): Promise<void> =>
    admin.publisher.publish({ subject: told.subject, id: `evt_${number}`, occurredAt: new Date(), requestId: 'r', payload: { number } });

  const endFirstUnderLoad = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> => {
    const published = Promise.all(Array.from({ length: EVENTS }, (_, number) => publish(number)));
    await eventually(() => expect(workers[0]!.handled.length).toBeGreaterThan(20), { timeoutMs: 10_000 });
    const code = await workers[0]!.end(signal);
    await published;
    const handled = (): number[] => workers.flatMap((worker) => worker.handled);
    await eventually(() => expect(new Set(handled()).size).toBe(EVENTS), { timeoutMs: 15_000 });
    return code;
  };

  it('loses nothing and doubles nothing on SIGTERM', async () => {
    expect(await endFirstUnderLoad('SIGTERM')).toBe(0);
    expect(workers[0]!.output).toMatch(/closed\n$/);
    const handled = workers.flatMap((worker) => worker.handled);
    expect(handled).toHaveLength(EVENTS);
  });

  it('loses nothing on SIGKILL: its events go to the other worker after the ack wait', async () => {
    expect(await endFirstUnderLoad('SIGKILL')).toBeNull();
  });
});
