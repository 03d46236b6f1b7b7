import type { EventContract, RequestContract } from '@paygate/messages';

export interface EventSettings {
  /** A handler that is silent for longer is taken for dead and its event goes to another instance. */
  ackWaitMs: number;
  /** Pause before the next try, by number of failures; the last one repeats. */
  backoffMs: readonly number[];
  /** After this many failed deliveries an event goes to the dead letters. */
  maxDeliveries: number;
  /** Events of one subject handled at the same time in one instance. */
  concurrency: number;
  /**
   * Whether a slot is free again only when the server has confirmed the acknowledgement. Without, events are handled faster, and one
   * whose acknowledgement is lost comes again, which the receiver must recognize anyway.
   */
  confirmAcknowledgements: boolean;
}

export const EVENT_SETTINGS: EventSettings = {
  ackWaitMs: 30_000,
  backoffMs: [1_000, 5_000, 30_000, 60_000],
  maxDeliveries: 8,
  concurrency: 16,
  confirmAcknowledgements: true,
};

export type AnyContract = RequestContract<object, object> | EventContract<object>;

export interface MessagingOptions {
  /** NATS_URL: `nats://[user:password@]host:port`, several separated by commas. */
  url: string;
  /** Names the queue group of requests and the durable consumers of events: instances of one service share the work. */
  service: 'admin' | 'main' | 'dispatch';
  /** Contracts this service answers or handles. When given, the start fails unless each has exactly one handler and no other exists. */
  consumes?: readonly AnyContract[];
  /** Overrides for single settings of event handling. */
  events?: Partial<EventSettings>;
  /** How long the start waits for NATS. Default 30 s. */
  startWithinMs?: number;
}

export const MESSAGING_OPTIONS = Symbol('messaging options');
