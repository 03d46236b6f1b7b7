import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from '@nats-io/transport-node';
import { defineBroadcast } from '@paygate/messages';
import { eventually, startNats } from '@paygate/testing';
import type { RunningServer } from '@paygate/testing';
import { Broadcasts } from '../src/index.js';
import { Flag } from './contracts.js';
import { startMessagingApp } from './messaging-app.js';
import type { MessagingApp } from './messaging-app.js';

const changed = defineBroadcast('admin.broadcast.flag.changed.v1', Flag);

describe('a broadcast', () => {
  let nats: RunningServer;
  let apps: MessagingApp[];
  const heard: string[][] = [[], []];

  beforeAll(async () => {
    nats = await startNats();
    apps = await Promise.all([0, 1].map(() => startMessagingApp({ url: nats.url, service: 'admin' })));
    for (const [index, { app }] of apps.entries()) {
      app.get(Broadcasts).on(changed, ({ label }) => {
        if (label === 'fail') throw new Error('listener failed');
        heard[index]?.push(label);
      });
    }
  });
  afterAll(async () => {
    await Promise.all(apps.map(({ app }) => app.close()));
    await nats.stop();
  });

  const send = (label: string): void => apps[0]?.app.get(Broadcasts).send(changed, Object.assign(new Flag(), { label }));

  it('reaches every instance, the sender included', async () => {
    send('one');
    await eventually(() => expect(heard).toEqual([['one'], ['one']]));
  });

  it('that is no valid message, or whose listener fails, is logged and does not end the subscription', async () => {
    const stranger = await connect({ servers: nats.url });
    stranger.publish(changed.subject, 'no json');
    stranger.publish(changed.subject, '{"label":{"$gt":""}}');
    await stranger.drain();
    send('fail');
    send('two');
    await eventually(() =>
      expect(heard).toEqual([
        ['one', 'two'],
        ['one', 'two'],
      ]),
    );
    expect(apps[0]?.logs.text).toContain('listener failed');
  });
});
