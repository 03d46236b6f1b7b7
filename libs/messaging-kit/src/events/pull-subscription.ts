import { Logger } from '@nestjs/common';
import { createInbox, nanos } from '@nats-io/transport-node';
import type { Msg, Subscription } from '@nats-io/transport-node';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NatsSession } from '../connection/nats-session.js';
import { StreamMessage } from './stream-message.js';

const PULL_EXPIRES_MS = 5_000;
const HEARTBEAT_MS = 1_000;
const SILENT_AFTER_MS = 2_500;
const QUIET_MS = 100;

export interface PullOptions {
  session: NatsSession;
  stream: string;
  durable: string;
  /** Most messages at hand at once; never more are asked for, so none waits here while its ack wait runs. */
  capacity: number;
  /** Must not throw. Each message is at hand until {@link PullSubscription.finished} is told of it. */
  onMessage: (message: StreamMessage) => void;
}

/**
 * Pulls the messages of a durable consumer. The client library has one as well, but its stop drops deliveries under way, which
 * then wait out the ack wait, and after a lost connection it pauses for several seconds.
 */
export class PullSubscription {
  private readonly logger = new Logger('events');
  private readonly inbox = createInbox();
  private readonly subscription: Subscription;
  private readonly watchdog: NodeJS.Timeout;
  private atHand = 0;
  private whenIdle?: () => void;
  /** Asked of the server and not received yet. */
  private requested = 0;
  private lastSignAt = 0;
  private stopping = false;

  constructor(private readonly options: PullOptions) {
    this.subscription = options.session.connection.subscribe(this.inbox, {
      callback: (error, message) => (error ? this.logger.error(`cannot receive from ${options.durable}`, error) : this.receive(message)),
    });
    this.watchdog = setInterval(() => this.watch(), HEARTBEAT_MS);
    this.pull();
  }

  /** After a reconnection the server no longer knows what it was asked for. */
  resume(): void {
    this.requested = 0;
    this.pull();
  }

  /** Asks for no more, takes what the server is about to send, finishes what is at hand. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.lastSignAt = Date.now();
    while (this.requested > 0 && Date.now() - this.lastSignAt < QUIET_MS) await sleep(10);
    clearInterval(this.watchdog);
    if (this.options.session.isConnected) await this.subscription.drain();
    else this.subscription.unsubscribe();
    if (this.atHand > 0) await new Promise<void>((resolve) => (this.whenIdle = resolve));
  }

  /** So many messages are no longer at hand: others can be asked for. */
  finished(count: number): void {
    this.atHand -= count;
    if (this.atHand === 0) this.whenIdle?.();
    this.pull();
  }

  private pull(): void {
    const { session, stream, durable, capacity } = this.options;
    const free = capacity - this.atHand - this.requested;
    // Refilling by quarters keeps the requests few.
    if (this.stopping || !session.isConnected || free < 1 || (this.requested > 0 && free < capacity / 4)) return;
    this.requested += free;
    this.lastSignAt = Date.now();
    const request = { batch: free, expires: nanos(PULL_EXPIRES_MS), idle_heartbeat: nanos(HEARTBEAT_MS) };
    session.connection.publish(`$JS.API.CONSUMER.MSG.NEXT.${stream}.${durable}`, JSON.stringify(request), { reply: this.inbox });
  }

  private receive(message: Msg): void {
    if (StreamMessage.isDelivery(message)) {
      this.lastSignAt = Date.now();
      this.requested = Math.max(0, this.requested - 1);
      this.atHand += 1;
      this.options.onMessage(new StreamMessage(this.options.session.connection, message, message.reply));
      return;
    }
    if (!this.stopping) this.lastSignAt = Date.now();
    switch (message.headers?.code) {
      case 100: // still there, nothing new
        return;
      case 404: // nothing there
      case 408: // the request has expired
        this.forgetRequest(message);
        this.pull();
        return;
      default: // the consumer is gone or the server is stopping: the watchdog asks again in a moment
        this.forgetRequest(message);
    }
  }

  /** A request that has ended says how many messages it leaves open. */
  private forgetRequest(message: Msg): void {
    const open = Number(message.headers?.get('Nats-Pending-Messages') ?? '');
    this.requested = open > 0 ? Math.max(0, this.requested - open) : 0;
  }

  private watch(): void {
    if (this.requested > 0 && Date.now() - this.lastSignAt > SILENT_AFTER_MS) this.requested = 0;
    this.pull();
  }
}
