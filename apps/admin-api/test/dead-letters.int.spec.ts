import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, headers } from '@nats-io/transport-node';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { DeadLetter } from '@paygate/messaging-kit';
import { DEAD_STREAM, EVENTS_STREAM } from '@paygate/messaging-kit';
import { loadConfig } from '@paygate/nest-kit';
import { startNats } from '@paygate/testing';
import type { RunningServer } from '@paygate/testing';
import { AdminConfig } from '../src/admin-config.js';
import { runDeadLetters } from '../src/dead-letters/index.js';

const SUBJECT = 'main.event.transaction.status-changed.v1';

describe('the dead-letters command', () => {
  let nats: RunningServer;
  let config: AdminConfig;

  beforeAll(async () => {
    nats = await startNats();
    config = loadConfig(AdminConfig, {
      NATS_URL: nats.url,
      MONGODB_URI: 'mongodb://127.0.0.1:1',
      REDIS_URL: 'redis://127.0.0.1:1',
      SYSTEM_ENCRYPTION_KEY: `test1:${randomBytes(32).toString('base64')}`,
    });
  });

  afterAll(() => nats.stop());

  it('lists what died, and puts one back where it came from', async () => {
    // The first run creates the streams.
    expect(await runDeadLetters(config, ['list'])).toEqual([]);
    const connection = await connect({ servers: nats.url });
    try {
      const header = headers();
      header.set('x-dead-subject', SUBJECT);
      header.set('x-dead-error', 'Error: cannot handle');
      const body = JSON.stringify({ id: 'event-1', payload: {} });
      const { seq } = await jetstream(connection).publish(`dead.${SUBJECT}`, body, { headers: header });

      const [line] = await runDeadLetters(config, ['list']);
      expect(JSON.parse(line ?? '') as DeadLetter).toMatchObject({ sequence: seq, subject: SUBJECT, error: 'Error: cannot handle', body });

      await runDeadLetters(config, ['replay', String(seq)]);
      const manager = await jetstreamManager(connection);
      const replayed = await manager.streams.getMessage(EVENTS_STREAM, { last_by_subj: SUBJECT });
      expect(new TextDecoder().decode(replayed?.data)).toBe(body);
      expect((await manager.streams.info(DEAD_STREAM)).state.messages).toBe(0);
      await expect(runDeadLetters(config, ['replay', String(seq)])).rejects.toThrow(`There is no dead letter ${seq}`);
    } finally {
      await connection.close();
    }
  });

  it.each([[[]], [['replay']], [['replay', 'x']], [['list', 'x']], [['delete', '1']]])('%j shows how to use it', async (args) => {
    await expect(runDeadLetters(config, args)).rejects.toThrow('Usage: dead-letters list');
  });
});
