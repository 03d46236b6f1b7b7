import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller } from '@nestjs/common';
import { Kvm } from '@nats-io/kv';
import { connect } from '@nats-io/transport-node';
import { eventually, freePort, startNats } from '@paygate/testing';
import type { RunningServer } from '@paygate/testing';
import { HandlesEvent, HandlesRequest } from '../src/index.js';
import type { ReceivedEvent } from '../src/index.js';
import { flag, Flag, note, NoteRequest, told } from './contracts.js';
import type { Told } from './contracts.js';
import { startMessagingApp } from './messaging-app.js';
import type { MessagingApp } from './messaging-app.js';

let numbers: number[] = [];

@Controller()
class MainMessages {
  @HandlesEvent(told)
  async told(event: ReceivedEvent<Told>): Promise<void> {
    numbers.push(event.payload.number);
    return Promise.resolve();
  }

  @HandlesRequest(note)
  async write({ text }: NoteRequest): Promise<object> {
    return Promise.resolve({ text });
  }
}

describe('an outage of NATS', () => {
  let dir: string;
  let nats: RunningServer;
  let admin: MessagingApp;
  let main: MessagingApp;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'paygate-outage-'));
    nats = await startNats({ dir });
    main = await startMessagingApp({ url: nats.url, service: 'main', controllers: [MainMessages], consumes: [told, note] });
    admin = await startMessagingApp({ url: nats.url, service: 'admin' });
  });
  afterAll(async () => {
    await Promise.all([admin.app.close(), main.app.close()]);
    await nats.stop();
    await rm(dir, { recursive: true });
  });
  afterEach(() => {
    numbers = [];
  });

  const publish = async (number: number, id = `evt_${Date.now()}_${number}`): Promise<void> =>
    admin.publisher.publish({ subject: told.subject, id, occurredAt: new Date(), requestId: 'r', payload: { number } });
  const healthy = async (): Promise<boolean> => (await admin.health.run()).healthy;
  const label = (text: string): Flag => Object.assign(new Flag(), { label: text });

  it('ends without a restart of the services: requests, events and configuration go on', async () => {
    const view = await main.config.watch(flag);
    const changes: [string, string | undefined][] = [];
    view.onChange((id, value) => changes.push([id, value?.label]));
    await admin.config.put(flag, 'a', label('one'));
    await admin.config.put(flag, 'b', label('two'));
    await publish(1);
    await eventually(() => expect([numbers, view.values().length]).toEqual([[1], 2]));
    expect(await healthy()).toBe(true);

    await nats.kill();
    await eventually(async () => expect(await healthy()).toBe(false));
    const started = performance.now();
    await expect(admin.rpc.request(note, { text: 'x' })).rejects.toMatchObject({ code: 'service_unavailable' });
    expect(performance.now() - started).toBeLessThan(2_500);
    await expect(publish(2)).rejects.toThrow('not connected to NATS');
    expect(view.get('a')?.label).toBe('one');

    // Someone changes the configuration before the services are back.
    await nats.restart();
    const operator = await connect({ servers: nats.url });
    const bucket = await new Kvm(operator).open('paygate_config');
    await bucket.delete('flag.a');
    await bucket.put('flag.b', JSON.stringify(label('three')));
    await operator.close();

    await eventually(async () => expect(await healthy()).toBe(true), { timeoutMs: 10_000 });
    await eventually(() => expect([view.get('a'), view.get('b')?.label]).toEqual([undefined, 'three']), { timeoutMs: 10_000 });
    expect(changes).toEqual([
      ['a', 'one'],
      ['b', 'two'],
      ['a', undefined],
      ['b', 'three'],
    ]);
    await eventually(async () => expect(await admin.rpc.request(note, { text: 'back' })).toEqual({ text: 'back' }), { timeoutMs: 10_000 });
    await publish(3);
    await eventually(() => expect(numbers).toContain(3), { timeoutMs: 15_000 });
    await admin.config.put(flag, 'c', label('four'));
    await eventually(() => expect(view.get('c')?.label).toBe('four'));
  });

  it('loses no event that was published while it came and went', async () => {
    const sent: number[] = [];
    const stop = new AbortController();
    const publisher = (async () => {
      for (let number = 1000; !stop.signal.aborted; number++) {
        // As the outbox relay does: the same id until it is certain.
        while (
          !(await publish(number, `steady_${number}`).then(
            () => true,
            () => false,
          ))
        )
          await sleep(20);
        sent.push(number);
      }
    })();
    for (let outage = 0; outage < 2; outage++) {
      const before = sent.length;
      await eventually(() => expect(sent.length).toBeGreaterThan(before + 50), { timeoutMs: 15_000 });
      await nats.kill();
      await sleep(100);
      await nats.restart();
    }
    const before = sent.length;
    await eventually(() => expect(sent.length).toBeGreaterThan(before + 50), { timeoutMs: 15_000 });
    stop.abort();
    await publisher;
    await eventually(() => expect(sent.filter((number) => !numbers.includes(number))).toEqual([]), { timeoutMs: 20_000 });
  }, 60_000);

  it('is survived even when the server comes back without its data', async () => {
    const view = await main.config.watch(flag);
    await admin.config.put(flag, 'gone', label('x'));
    await eventually(() => expect(view.get('gone')).toBeDefined());
    await nats.kill();
    await rm(join(dir, 'jetstream'), { recursive: true });
    await nats.restart();
    await eventually(() => expect(view.values()).toEqual([]), { timeoutMs: 10_000 });
    await publish(7);
    await eventually(() => expect(numbers).toContain(7), { timeoutMs: 20_000 });
    await admin.config.put(flag, 'new', label('y'));
    await eventually(() => expect(view.get('new')?.label).toBe('y'));
  });
});

describe('the start', () => {
  it('waits for a server that comes up later, and says so', async () => {
    // Hangs up on the first caller and is gone: only then has the service found nothing there.
    const nobody = createServer();
    await new Promise<void>((resolve) => nobody.listen(0, '127.0.0.1', resolve));
    const { port } = nobody.address() as AddressInfo;
    const called = new Promise<void>((resolve) =>
      nobody.once('connection', (socket) => {
        socket.destroy();
        nobody.close(() => resolve());
      }),
    );
    const starting = startMessagingApp({ url: `nats://127.0.0.1:${port}`, service: 'admin' });
    await called;
    const nats = await startNats({ port });
    const admin = await starting;
    expect(admin.logs.text).toContain(`waiting for NATS at 127.0.0.1:${port}`);
    await admin.app.close();
    await nats.stop();
  });

  it('fails with what to do when the server does not come', async () => {
    const port = await freePort();
    const start = startMessagingApp({ url: `nats://user:secret@127.0.0.1:${port}`, service: 'admin', startWithinMs: 400 });
    await expect(start).rejects.toThrow(
      new RegExp(
        `^NATS with JetStream at 127\\.0\\.0\\.1:${port} was not ready within 0\\.4 s \\(.*\\)\\. Start it with "nats-server -js", or set NATS_URL`,
      ),
    );
  });
});
