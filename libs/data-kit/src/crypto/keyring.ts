import { hkdfSync } from 'node:crypto';
import { inspect } from 'node:util';

/** One named secret of the ring. The name is public (it is stored beside what the key protects), the bytes never are. */
interface RingKey {
  readonly id: string;
  readonly secret: Buffer;
}

const KEY_ID = /^[A-Za-z0-9_-]{1,32}$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const KEY_BYTES = 32;
const EXPECTED = 'keyId:base64(32 bytes)[,olderKeyId:base64(32 bytes)…]';

/** The key text cannot be used. The message lists every problem by position and key id, and no key material. */
export class KeyringError extends Error {
  override readonly name = 'KeyringError';

  constructor(readonly problems: readonly string[]) {
    super(`The encryption keys are not usable: ${problems.join('; ')}. Expected ${EXPECTED}.`);
  }
}

/**
 * The secrets of the platform: the first is used for everything new, the others only to read what older keys wrote.
 * A ring never prints its secrets, whatever logs or serializes it.
 */
export class Keyring {
  readonly #keys: readonly RingKey[];
  readonly #derived = new Map<string, Buffer>();

  private constructor(keys: readonly RingKey[]) {
    this.#keys = keys;
  }

  /** @throws KeyringError */
  static parse(text: string): Keyring {
    const entries = text.split(',').map((entry) => entry.trim());
    const parsed = entries.map((entry, index) => parseEntry(entry, index + 1));
    const problems = parsed.flatMap((entry) => entry.problems);
    const keys = parsed.flatMap((entry) => (entry.key ? [entry.key] : []));
    for (const [index, key] of keys.entries()) {
      if (keys.findIndex((other) => other.id === key.id) < index) problems.push(`key id "${key.id}" is used twice`);
    }
    if (problems.length > 0) throw new KeyringError(problems);
    return new Keyring(keys);
  }

  /** Current first. */
  get keyIds(): readonly [string, ...string[]] {
    return this.#keys.map((key) => key.id) as [string, ...string[]];
  }

  get currentKeyId(): string {
    return this.keyIds[0];
  }

  has(keyId: string): boolean {
    return this.#keys.some((key) => key.id === keyId);
  }

  /**
   * A 32-byte key for one purpose, derived from one key of the ring with HKDF-SHA256. Uses for different purposes never
   * share key bytes, so that breaking one tells nothing about another.
   * @throws RangeError for a key id outside the ring
   */
  derive(keyId: string, purpose: string): Buffer {
    const cacheKey = `${keyId} ${purpose}`;
    const known = this.#derived.get(cacheKey);
    if (known) return known;
    const key = this.#keys.find((candidate) => candidate.id === keyId);
    if (!key) throw new RangeError(`key "${keyId}" is not in the ring`);
    const derived = Buffer.from(hkdfSync('sha256', key.secret, Buffer.alloc(0), `paygate/${purpose}`, KEY_BYTES));
    this.#derived.set(cacheKey, derived);
    return derived;
  }

  toJSON(): { keyIds: readonly string[] } {
    return { keyIds: this.keyIds };
  }

  [inspect.custom](): string {
    return `Keyring(${this.keyIds.join(', ')})`;
  }
}

/**
 * Reads `SYSTEM_ENCRYPTION_KEY`: `keyId:base64(32 bytes)`, further keys after a comma, the first one is current.
 * @throws KeyringError listing every problem
 */
export function parseKeyring(systemEncryptionKey: string): Keyring {
  return Keyring.parse(systemEncryptionKey);
}

/** 32 bytes for one purpose from the current key (HKDF-SHA256). They change when the current key is rotated. */
export function deriveKey(keyring: Keyring, purpose: string): Buffer {
  // A copy: the ring keeps its own, and a caller may wipe what it was given.
  return Buffer.from(keyring.derive(keyring.currentKeyId, purpose));
}

function parseEntry(entry: string, position: number): { key?: RingKey; problems: string[] } {
  const separator = entry.indexOf(':');
  if (entry === '') return { problems: [`entry ${position} is empty`] };
  if (separator < 0) return { problems: [`entry ${position} has no key id before a colon`] };
  const id = entry.slice(0, separator);
  const encoded = entry.slice(separator + 1);
  // An id that breaks the rule is not quoted: someone may have swapped id and key.
  if (!KEY_ID.test(id)) return { problems: [`the key id of entry ${position} must be 1 to 32 of A-Z a-z 0-9 _ -`] };
  if (!BASE64.test(encoded)) return { problems: [`key "${id}" is not valid base64`] };
  const secret = Buffer.from(encoded, 'base64');
  if (secret.length !== KEY_BYTES) return { problems: [`key "${id}" has ${secret.length} bytes instead of ${KEY_BYTES}`] };
  if (secret.every((byte) => byte === secret[0])) return { problems: [`key "${id}" is not random: all its bytes are equal`] };
  return { key: { id, secret }, problems: [] };
}
