import type { Msg, MsgHdrs, NatsConnection } from '@nats-io/transport-node';
import { nanos } from '@nats-io/transport-node';

const ACK_WITHIN_MS = 2_000;

/** One delivery of a stream's message; its reply subject says where it stands in the stream and takes the answer. */
export class StreamMessage {
  /** 1 for the first delivery. */
  readonly deliveryCount: number;
  readonly streamSequence: number;
  /** When the stream stored it, in nanoseconds of the Unix epoch; too long for a number. */
  readonly storedAt: string;

  constructor(
    private readonly connection: NatsConnection,
    private readonly message: Msg,
    private readonly reply: string,
  ) {
    // $JS.ACK.<stream>.<consumer>.<deliveries>.<stream sequence>.<consumer sequence>.<time>.<pending>;
    // newer servers put a domain and an account before the stream.
    const tokens = reply.split('.');
    const [deliveries, sequence, , storedAt = ''] = tokens.slice(tokens.length === 9 ? 4 : 6);
    this.deliveryCount = Number(deliveries);
    this.streamSequence = Number(sequence);
    this.storedAt = storedAt;
  }

  static isDelivery(message: Msg): message is Msg & { reply: string } {
    return message.reply?.startsWith('$JS.ACK.') ?? false;
  }

  get subject(): string {
    return this.message.subject;
  }

  get data(): Uint8Array {
    return this.message.data;
  }

  get headers(): MsgHdrs | undefined {
    return this.message.headers;
  }

  /** Resolves when the server has noted it. @throws Error when that is not certain; the message then comes again. */
  async acknowledge(): Promise<void> {
    await this.connection.request(this.reply, '+ACK', { timeout: ACK_WITHIN_MS });
  }

  /** Tells the server without asking whether it heard; when it did not, the message comes again. */
  acknowledgeUnconfirmed(): void {
    this.tell('+ACK');
  }

  /** Still being worked on: the ack wait begins anew. */
  extend(): void {
    this.tell('+WPI');
  }

  retryIn(milliseconds: number): void {
    this.tell(`-NAK ${JSON.stringify({ delay: nanos(milliseconds) })}`);
  }

  /** Never again. */
  drop(): void {
    this.tell('+TERM');
  }

  private tell(word: string): void {
    // What is not told is decided by the ack wait.
    if (!this.connection.isClosed()) this.connection.publish(this.reply, word);
  }
}
