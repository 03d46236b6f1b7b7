import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller } from '@nestjs/common';
import { eventually, startNats } from '@paygate/testing';
import type { RunningServer } from '@paygate/testing';
import { HandlesEvent, HandlesRequest } from '../src/index.js';
import type { ReceivedEvent } from '../src/index.js';
import { note, NoteRequest, quote, told } from './contracts.js';
import type { Told } from './contracts.js';
import { startMessagingApp } from './messaging-app.js';

@Controller()
class Notes {
  @HandlesRequest(note)
  async write(request: NoteRequest): Promise<object> {
    return Promise.resolve(request);
  }
}

@Controller()
class MoreNotes {
  @HandlesRequest(note)
  async append(request: NoteRequest): Promise<object> {
    return Promise.resolve(request);
  }

  @HandlesEvent(told)
  async told(_event: ReceivedEvent<Told>): Promise<void> {
    return Promise.resolve();
  }
}

describe('the wiring of a service', () => {
  let nats: RunningServer;
  beforeAll(async () => {
    nats = await startNats();
  });
  afterAll(async () => nats.stop());

  it('stops the start when a contract has no handler or two', async () => {
    const start = startMessagingApp({ url: nats.url, service: 'main', controllers: [Notes, MoreNotes], consumes: [note, quote, told] });
    await expect(start).rejects.toThrow(
      [
        'The messages of this service are wired wrongly:',
        '- main.query.quote.get.v1 has no handler: register a controller that has one, and call connectMessaging(app)',
        '- main.command.note.write.v1 has 2 handlers: Notes.write, MoreNotes.append',
      ].join('\n'),
    );
  });

  it('is fine when each contract has one', async () => {
    const main = await startMessagingApp({ url: nats.url, service: 'main', controllers: [MoreNotes], consumes: [note, told] });
    await eventually(async () => expect((await main.health.run()).checks).toMatchObject({ nats: { status: 'up', critical: true } }));
    await main.app.close();
  });
});
