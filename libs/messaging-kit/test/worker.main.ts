import 'reflect-metadata';
import { Controller } from '@nestjs/common';
import { HandlesEvent } from '../src/index.js';
import type { ReceivedEvent } from '../src/index.js';
import { told } from './contracts.js';
import type { Told } from './contracts.js';
import { startMessagingApp } from './messaging-app.js';

// A service in a process of its own that the test signals or kills: it prints the number of each event it has handled.
@Controller()
class Worker {
  @HandlesEvent(told)
  async told(event: ReceivedEvent<Told>): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 10));
    process.stdout.write(`handled ${event.payload.number}\n`);
  }
}

const url = process.argv[2] ?? '';
const { app } = await startMessagingApp({
  url,
  service: 'main',
  controllers: [Worker],
  consumes: [told],
  events: { ackWaitMs: 1_000, concurrency: 8 },
});
process.once('SIGTERM', () => {
  void app.close().then(() => {
    process.stdout.write('closed\n');
    process.exit(0);
  });
});
process.stdout.write('ready\n');
