import { Inject, Injectable } from '@nestjs/common';
import type { StoredMsg } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import type { MsgHdrs } from '@nats-io/transport-node';
import { NatsSession } from '../connection/nats-session.js';
import { DEAD_STREAM, unlessMissing } from '../connection/topology.js';
import type { StreamMessage } from './stream-message.js';

const HEADER = {
  subject: 'x-dead-subject',
  error: 'x-dead-error',
  consumer: 'x-dead-consumer',
  streamSequence: 'x-dead-stream-sequence',
  deliveries: 'x-dead-deliveries',
} as const;
/** Of the original event, kept for whoever handles it in the end. */
const KEPT_HEADERS = ['x-request-id', 'traceparent', 'x-actor', 'x-organization-id'];
const ERROR_LIMIT = 1_000;

/** An event that was given up. */
export interface DeadLetter {
  /** Its number among the dead letters. */
  sequence: number;
  subject: string;
  /** The durable consumer that gave up, `<service>_<subject>`. */
  consumer: string;
  error: string;
  /** Position of the event in the event stream. */
  streamSequence: number;
  deliveries: number;
  diedAt: Date;
  /** The event as it was sent: JSON with id, occurredAt, requestId and payload, or whatever made it unreadable. */
  body: string;
}

export class DeadLetterNotFoundError extends Error {
  override readonly name = 'DeadLetterNotFoundError';

  constructor(sequence: number) {
    super(`there is no dead letter ${sequence}`);
  }
}

/** For operators: look at events that could not be handled, and send them again once the cause is gone. */
@Injectable()
export class DeadLetters {
  constructor(@Inject(NatsSession) private readonly session: NatsSession) {}

  /** Oldest first. @param options.after only those with a higher sequence; @param options.limit default 100 */
  async list(options: { after?: number; limit?: number } = {}): Promise<DeadLetter[]> {
    const letters: DeadLetter[] = [];
    let next = (options.after ?? 0) + 1;
    while (letters.length < (options.limit ?? 100)) {
      const stored = await this.read({ seq: next, next_by_subj: 'dead.>' });
      if (!stored) break;
      letters.push(asDeadLetter(stored));
      next = stored.seq + 1;
    }
    return letters;
  }

  /**
   * Puts the event back into the stream and removes the dead letter. All services that handle the subject see it again;
   * those that had handled it recognize the event id.
   * @throws DeadLetterNotFoundError
   */
  async replay(sequence: number): Promise<void> {
    const stored = await this.read({ seq: sequence });
    if (!stored) throw new DeadLetterNotFoundError(sequence);
    // Not the id of the event: within the duplicate window the stream would take the replay for a repetition and drop it.
    const msgID = `replay-${sequence}-${stored.time.getTime()}`;
    await this.session.jetstream.publish(asDeadLetter(stored).subject, stored.data, { msgID, headers: keptHeaders(stored.header) });
    await this.session.manager.streams.deleteMessage(DEAD_STREAM, sequence, false);
  }

  private async read(query: { seq: number; next_by_subj?: string }): Promise<StoredMsg | undefined> {
    const found = await unlessMissing(this.session.manager.streams.getMessage(DEAD_STREAM, query));
    return found ?? undefined;
  }
}

/**
 * Stores the event among the dead letters. The message id is made of the consumer and the event's place in the stream,
 * so that repeating this after a crash stores it once.
 */
export async function sendToDeadLetters(session: NatsSession, message: StreamMessage, consumer: string, error: unknown): Promise<void> {
  const { streamSequence, deliveryCount, storedAt } = message;
  const letter = keptHeaders(message.headers);
  letter.set(HEADER.subject, message.subject);
  letter.set(HEADER.consumer, consumer);
  letter.set(HEADER.error, headerText(error));
  letter.set(HEADER.streamSequence, String(streamSequence));
  letter.set(HEADER.deliveries, String(deliveryCount));
  const msgID = `dead-${consumer}-${streamSequence}-${storedAt}`;
  await session.jetstream.publish(`dead.${message.subject}`, message.data, { msgID, headers: letter });
}

function asDeadLetter(stored: StoredMsg): DeadLetter {
  return {
    sequence: stored.seq,
    subject: stored.header.get(HEADER.subject) || stored.subject.slice('dead.'.length),
    consumer: stored.header.get(HEADER.consumer),
    error: stored.header.get(HEADER.error),
    streamSequence: Number(stored.header.get(HEADER.streamSequence)),
    deliveries: Number(stored.header.get(HEADER.deliveries)),
    diedAt: stored.time,
    body: new TextDecoder().decode(stored.data),
  };
}

function keptHeaders(from: MsgHdrs | undefined): MsgHdrs {
  const kept = headers();
  for (const name of KEPT_HEADERS) {
    const value = from?.get(name);
    if (value) kept.set(name, value);
  }
  return kept;
}

/** A header is one line. */
function headerText(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text.replace(/\s+/g, ' ').slice(0, ERROR_LIMIT);
}
