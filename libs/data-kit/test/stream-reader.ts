import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import type { NatsConnection } from '@nats-io/transport-node';
import { EVENTS_STREAM } from '@paygate/messaging-kit';

export interface StoredEvent<P> {
  id: string;
  sequence: number;
  occurredAt: string;
  requestId: string;
  payload: P;
}

/** Reads what the event stream holds, past the code under test. */
export class StreamReader {
  private constructor(private readonly connection: NatsConnection) {}

  static async connect(url: string): Promise<StreamReader> {
    return new StreamReader(await connect({ servers: url.replace('nats://', '') }));
  }

  /** The events of one subject, in the order in which the stream took them. */
  async events<P>(subject: string): Promise<StoredEvent<P>[]> {
    const manager = await jetstreamManager(this.connection);
    const { state } = await manager.streams.info(EVENTS_STREAM);
    const found: StoredEvent<P>[] = [];
    for (let sequence = state.first_seq; sequence <= state.last_seq; sequence++) {
      const message = await manager.streams.getMessage(EVENTS_STREAM, { seq: sequence });
      if (message?.subject === subject) found.push({ ...message.json<StoredEvent<P>>(), sequence });
    }
    return found;
  }

  async close(): Promise<void> {
    await this.connection.close();
  }
}
