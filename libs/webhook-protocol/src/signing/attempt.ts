import type { SigningKeys } from './signing-secret.js';

/** One attempt to deliver a notification. */
export interface AttemptToSign {
  /** Live secrets, the current one first. While a secret is being replaced the old one follows it. */
  secrets: readonly string[];
  /** Instant of this attempt. Fresh on every attempt, unlike the body. */
  timestamp: Date;
  /** `dlv_…`, the same on every attempt. */
  deliveryId: string;
  /** The stored bytes, the same on every attempt. */
  body: string;
}

/**
 * The keys of an attempt. Headers that hold a single signature are made with the current one.
 * @throws TypeError when there is no secret or one is malformed
 */
export function keysOfAttempt(
  secrets: readonly string[],
  keysOf: (secret: string) => SigningKeys,
): { current: SigningKeys; all: SigningKeys[] } {
  const all = secrets.map(keysOf);
  const [current] = all;
  if (current === undefined) throw new TypeError('at least one signing secret is needed');
  return { current, all };
}

export function unixSeconds(instant: Date): string {
  return Math.floor(instant.getTime() / 1000).toString();
}
