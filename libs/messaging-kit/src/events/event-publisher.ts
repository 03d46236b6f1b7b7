import { Inject, Injectable } from '@nestjs/common';
import { NatsSession } from '../connection/nats-session.js';
import { contextHeaders } from '../rpc/message-headers.js';
import { writeEvent } from './event-envelope.js';

const RECONNECT_PATIENCE_MS = 2_000;
/** Short: an answer lost with the connection never comes, and publishing again is safe. */
const STORED_WITHIN_MS = 2_000;

export interface OutgoingEvent {
  subject: string;
  /** Repeating a publication with the same id within two minutes stores the event once. */
  id: string;
  occurredAt: Date;
  requestId: string;
  payload: unknown;
}

/** Writes events to the stream. Services do not call it themselves: they use the outbox, whose relay does. */
@Injectable()
export class EventPublisher {
  constructor(@Inject(NatsSession) private readonly session: NatsSession) {}

  /** Returns once the stream has stored the event. @throws Error when that is not certain; publish again with the same id. */
  async publish(event: OutgoingEvent): Promise<void> {
    if (!(await this.session.whenConnected(RECONNECT_PATIENCE_MS))) throw new Error('not connected to NATS');
    const headers = contextHeaders();
    headers.set('x-request-id', event.requestId);
    await this.session.jetstream.publish(event.subject, writeEvent(event), { msgID: event.id, headers, timeout: STORED_WITHIN_MS });
  }
}
