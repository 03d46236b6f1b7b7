import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';
import type { Subscription } from '@nats-io/transport-node';
import type { BroadcastContract } from '@paygate/messages';
import { runInContext } from '@paygate/nest-kit';
import { NatsSession } from '../connection/nats-session.js';
import { contextHeaders, readContext } from '../rpc/message-headers.js';
import { checkPayload, listProblems } from '../validate-payload.js';

/** Hints to every instance of a service, the sending one included. Not stored: who is away misses them. */
@Injectable()
export class Broadcasts implements OnModuleDestroy {
  private readonly logger = new Logger('messaging');
  private readonly subscriptions: Subscription[] = [];

  constructor(@Inject(NatsSession) private readonly session: NatsSession) {}

  /** Never throws for an outage: a hint that cannot be sent is lost, and said so in the log. */
  send<P extends object>(contract: BroadcastContract<P>, payload: P): void {
    try {
      this.session.connection.publish(contract.subject, JSON.stringify(payload), { headers: contextHeaders() });
    } catch (error) {
      this.logger.warn(`${contract.subject} was not sent: ${String(error)}`);
    }
  }

  /** Calls `listener` for every broadcast until the application stops; the subscription survives reconnections. */
  on<P extends object>(contract: BroadcastContract<P>, listener: (payload: P) => void): void {
    const subscription = this.session.connection.subscribe(contract.subject, {
      callback: (failure, message) => {
        if (failure) {
          this.logger.error(`${contract.subject}: ${failure.message}`);
          return;
        }
        try {
          const check = checkPayload(contract.payload, message.json());
          if ('problems' in check) throw new TypeError(listProblems(check.problems));
          runInContext(readContext(message.headers), () => listener(check.value));
        } catch (error) {
          this.logger.error(`${contract.subject} could not be handled: ${String(error)}`);
        }
      },
    });
    this.subscriptions.push(subscription);
  }

  onModuleDestroy(): void {
    for (const subscription of this.subscriptions) subscription.unsubscribe();
  }
}
