/**
 * A service that adds one event and is killed by SIGKILL at a chosen moment. Started by the outbox tests as a process of
 * its own; its settings come as JSON in the first argument.
 */
import 'reflect-metadata';
import { Injectable } from '@nestjs/common';
import { EventPublisher } from '@paygate/messaging-kit';
import type { OutgoingEvent } from '@paygate/messaging-kit';
import { Outbox, OutboxRelay, Transactions } from '../src/index.js';
import { startDataApp } from './data-app.js';
import { thingHappened } from './events.js';

export interface CrashPlan {
  uri: string;
  database: string;
  natsUrl: string;
  test: string;
  moment: 'before-commit' | 'after-commit' | 'after-publish';
}

const plan = JSON.parse(process.argv[2] ?? '') as CrashPlan;
const die = (): void => {
  process.kill(process.pid, 'SIGKILL');
};

@Injectable()
class DyingPublisher extends EventPublisher {
  override async publish(event: OutgoingEvent): Promise<void> {
    await super.publish(event);
    if (plan.moment === 'after-publish') die();
  }
}

const app = await startDataApp({
  uri: plan.uri,
  database: plan.database,
  natsUrl: plan.natsUrl,
  publisher: DyingPublisher,
  // A short lease lets the test see its end; the relay of this process takes the row in the usual way.
  relay: { leaseMs: 1_000, sweepMs: 50 },
});
if (plan.moment !== 'after-publish') await app.get(OutboxRelay).stop();
const transactions = app.get(Transactions);
const outbox = app.get(Outbox);
await transactions.run(async (session) => {
  await outbox.add(session, thingHappened(plan.test), { thing: 'crash', step: 1 });
  if (plan.moment === 'before-commit') die();
  if (plan.moment === 'after-commit') transactions.afterCommit(session, die);
});
