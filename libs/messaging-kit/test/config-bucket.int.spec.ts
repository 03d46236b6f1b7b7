import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Kvm } from '@nats-io/kv';
import type { KV } from '@nats-io/kv';
import { connect } from '@nats-io/transport-node';
import type { NatsConnection } from '@nats-io/transport-node';
import { eventually, startNats } from '@paygate/testing';
import type { RunningServer } from '@paygate/testing';
import { banner, flag, Flag } from './contracts.js';
import { startMessagingApp } from './messaging-app.js';
import type { MessagingApp } from './messaging-app.js';

describe('the configuration bucket', () => {
  let nats: RunningServer;
  let writer: MessagingApp;
  let reader: MessagingApp;
  let operator: NatsConnection;
  let bucket: KV;

  beforeAll(async () => {
    nats = await startNats();
    writer = await startMessagingApp({ url: nats.url, service: 'admin' });
    operator = await connect({ servers: nats.url });
    bucket = await new Kvm(operator).open('paygate_config');
  });
  afterAll(async () => {
    await reader.app.close();
    await writer.app.close();
    await operator.close();
    await nats.stop();
  });
  beforeEach(async () => {
    // Each test sees the bucket with the eyes of a service that has just started.
    if ((reader as MessagingApp | undefined) !== undefined) await reader.app.close();
    reader = await startMessagingApp({ url: nats.url, service: 'main' });
  });

  const label = (text: string): Flag => Object.assign(new Flag(), { label: text });

  it('loads an empty kind at once', async () => {
    const view = await reader.config.watch(flag);
    expect([view.values(), view.get('a')]).toEqual([[], undefined]);
  });

  it('has the present values, without those of other kinds, when the watch resolves', async () => {
    for (let n = 0; n < 50; n++) await writer.config.put(flag, `id${n}`, label(`old ${n}`));
    await writer.config.put(flag, 'id7', label('new 7'));
    await writer.config.put(banner, 'id7', label('other kind'));
    await writer.config.remove(flag, 'id8');
    const view = await reader.config.watch(flag);
    expect(view.values()).toHaveLength(49);
    expect([view.get('id7'), view.get('id8')]).toEqual([label('new 7'), undefined]);
    expect(view.get('id7')).toBeInstanceOf(Flag);
    expect((await reader.config.watch(banner)).values()).toEqual([label('other kind')]);
  });

  it('tells listeners of changes and removals until they stop listening', async () => {
    const view = await reader.config.watch(flag);
    const seen: [string, string | undefined][] = [];
    const stop = view.onChange((id, value) => seen.push([id, value?.label]));
    const told = (change: [string, string | undefined]): Promise<void> => eventually(() => expect(seen.at(-1)).toEqual(change));
    // The bucket keeps the newest value only, so quick changes may be told as one; each is waited for.
    await writer.config.put(flag, 'x', label('1'));
    await told(['x', '1']);
    await writer.config.put(flag, 'x', label('2'));
    await told(['x', '2']);
    await writer.config.remove(flag, 'x');
    await told(['x', undefined]);
    expect(seen).toHaveLength(3);
    stop();
    await writer.config.put(flag, 'y', label('3'));
    await eventually(() => expect(view.get('y')?.label).toBe('3'));
    expect(seen).toHaveLength(3);
  });

  it('shares one view per kind', async () => {
    expect(await reader.config.watch(flag)).toBe(await reader.config.watch(flag));
  });

  it('goes on after a listener that throws', async () => {
    const view = await reader.config.watch(flag);
    view.onChange(() => {
      throw new Error('listener');
    });
    await writer.config.put(flag, 'thrown', label('1'));
    await writer.config.put(flag, 'after', label('2'));
    await eventually(() => expect(view.get('after')).toBeDefined());
  });

  it('keeps the last good value when a wrong one is stored, and says so', async () => {
    const view = await reader.config.watch(flag);
    await writer.config.put(flag, 'kept', label('good'));
    // The bucket keeps the newest value only: a view that is slow would never see the good one.
    await eventually(() => expect(view.get('kept')).toBeDefined());
    await bucket.put('flag.kept', '{"label":5}');
    await bucket.put('flag.broken', 'not json');
    await writer.config.put(flag, 'last', label('end'));
    await eventually(() => expect(view.get('last')).toBeDefined());
    expect([view.get('kept')?.label, view.get('broken')]).toEqual(['good', undefined]);
    expect(reader.logs.text).toContain('flag kept has an unusable value, which is not taken over: label: label must be a string.');
  });

  it('refuses values that do not fit and ids that are no keys', async () => {
    await expect(writer.config.put(flag, 'a', { label: 5 } as unknown as Flag)).rejects.toThrow('not a flag snapshot: label: ');
    for (const id of ['', 'a.b', '*', '>', 'a b']) {
      await expect(writer.config.put(flag, id, label('x'))).rejects.toThrow(TypeError);
    }
  });
});
