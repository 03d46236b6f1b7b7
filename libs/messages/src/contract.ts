/** A class whose decorated properties describe and validate a message. */
export type MessageClass<T extends object> = new () => T;

/**
 * One request/reply: the caller waits for the answer of the owning service.
 * Subject form: `<owner>.<command|query>.<thing>.<verb>.v<N>`. A breaking change is a new version beside the old one.
 */
export interface RequestContract<Q extends object, R extends object> {
  readonly subject: string;
  readonly request: MessageClass<Q>;
  readonly response: MessageClass<R>;
  /** After this long the caller stops waiting; for a command the outcome is then unknown. */
  readonly deadlineMs: number;
}

/** Something that happened, told at least once. Subject form: `<owner>.event.<thing>.<past-tense-verb>.v<N>`. */
export interface EventContract<P extends object> {
  readonly subject: string;
  readonly payload: MessageClass<P>;
}

/** A piece of configuration every service keeps in memory, by id. Its key in the bucket is `<kind>.<id>`. */
export interface SnapshotContract<T extends object> {
  readonly kind: string;
  readonly value: MessageClass<T>;
}

/**
 * A hint to every running instance of a service, e.g. to forget what it remembers. Told at most once and kept nowhere:
 * whoever relies on it must also be right, only later, without it. Subject form: `<owner>.broadcast.<thing>.<verb>.v<N>`.
 */
export interface BroadcastContract<P extends object> {
  readonly subject: string;
  readonly payload: MessageClass<P>;
}

const REQUEST_SUBJECT = /^(admin|main|dispatch)\.(command|query)\.[a-z-]+\.[a-z-]+\.v[1-9]\d*$/;
const BROADCAST_SUBJECT = /^(admin|main|dispatch)\.broadcast\.[a-z-]+\.[a-z-]+\.v[1-9]\d*$/;
const EVENT_SUBJECT = /^(admin|main|dispatch)\.event\.[a-z-]+\.[a-z-]+\.v[1-9]\d*$/;

export function defineRequest<Q extends object, R extends object>(
  subject: string,
  request: MessageClass<Q>,
  response: MessageClass<R>,
  deadlineMs = 5_000,
): RequestContract<Q, R> {
  if (!REQUEST_SUBJECT.test(subject)) throw new TypeError(`${subject} is not a request subject`);
  return Object.freeze({ subject, request, response, deadlineMs });
}

export function defineEvent<P extends object>(subject: string, payload: MessageClass<P>): EventContract<P> {
  if (!EVENT_SUBJECT.test(subject)) throw new TypeError(`${subject} is not an event subject`);
  return Object.freeze({ subject, payload });
}

export function defineBroadcast<P extends object>(subject: string, payload: MessageClass<P>): BroadcastContract<P> {
  if (!BROADCAST_SUBJECT.test(subject)) throw new TypeError(`${subject} is not a broadcast subject`);
  return Object.freeze({ subject, payload });
}

export function defineSnapshot<T extends object>(kind: string, value: MessageClass<T>): SnapshotContract<T> {
  if (!/^[a-z-]+$/.test(kind)) throw new TypeError(`${kind} is not a snapshot kind`);
  return Object.freeze({ kind, value });
}
