import { createHash } from 'node:crypto';
import type { Clock } from '@paygate/kernel';
import { isObject, textIn } from '../json-reading.js';
import type { PaypalAccess } from './paypal-access.js';
import { PaypalCredentialsRejected, undecided } from './paypal-errors.js';
import type { PaypalTransport } from './paypal-transport.js';

/** A token this close to its end may end on the way. */
const MARGIN_MS = 60_000;
/** Merchants whose tokens one instance remembers; they are asked for again when needed. */
const MOST_REMEMBERED = 1_000;

interface Token {
  readonly value: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/**
 * OAuth access tokens by account, remembered until shortly before their end. In memory only: whoever has one can act for the
 * merchant, so it is neither stored nor logged, and a changed secret never finds the token of the old one.
 */
export class PaypalTokens {
  private readonly known = new Map<string, Promise<Token>>();

  constructor(
    private readonly transport: PaypalTransport,
    private readonly clock: Clock,
  ) {}

  /** @throws PaypalCredentialsRejected; DomainError provider_error when PayPal does not say */
  async get(access: PaypalAccess): Promise<string> {
    const key = keyOf(access);
    const remembered = this.known.get(key);
    if (remembered) {
      const token = await remembered;
      if (token.expiresAt - MARGIN_MS > this.clock.now().getTime()) return token.value;
      if (this.known.get(key) === remembered) this.known.delete(key);
    }
    return (await (this.known.get(key) ?? this.ask(key, access))).value;
  }

  /** Asks PayPal, whatever is remembered. @throws as `get` */
  async fetch({ baseUrl, clientId, clientSecret }: PaypalAccess, signal?: AbortSignal): Promise<Token> {
    const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
    const askedAt = this.clock.now().getTime();
    const answer = await this.transport.send(
      `${baseUrl}/v1/oauth2/token`,
      {
        method: 'POST',
        headers: {
          authorization: `Basic ${basic}`,
          accept: 'application/json',
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: 'grant_type=client_credentials',
      },
      signal,
    );
    const { status, body } = answer;
    if (status === 401 || (status === 400 && textIn(body, 'error') === 'invalid_client')) throw new PaypalCredentialsRejected(answer);
    const value = textIn(body, 'access_token');
    const seconds = isObject(body) ? body['expires_in'] : undefined;
    if (status !== 200 || value === undefined || typeof seconds !== 'number') throw undecided(answer);
    return { value, expiresAt: askedAt + seconds * 1000 };
  }

  /** PayPal refused this token; the next call asks for another. Leaves a newer one alone. */
  async forget(access: PaypalAccess, value: string): Promise<void> {
    const key = keyOf(access);
    const remembered = this.known.get(key);
    const token = await remembered?.catch(() => undefined);
    if (token?.value === value && this.known.get(key) === remembered) this.known.delete(key);
  }

  /** Callers at the same time share one request. */
  private ask(key: string, access: PaypalAccess): Promise<Token> {
    const asked = this.fetch(access).catch((error: unknown) => {
      this.known.delete(key);
      throw error;
    });
    this.known.set(key, asked);
    const [oldest] = this.known.keys();
    if (this.known.size > MOST_REMEMBERED && oldest !== undefined) this.known.delete(oldest);
    return asked;
  }
}

function keyOf({ baseUrl, clientId, clientSecret }: PaypalAccess): string {
  return createHash('sha256')
    .update(JSON.stringify([baseUrl, clientId, clientSecret]))
    .digest('hex');
}
