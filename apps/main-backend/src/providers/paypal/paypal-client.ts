import { setTimeout as sleep } from 'node:timers/promises';
import type { PaypalAccess } from './paypal-access.js';
import { issueOf, PaypalCredentialsRejected, undecided } from './paypal-errors.js';
import type { PaypalAnswer } from './paypal-errors.js';
import type { PaypalTokens } from './paypal-tokens.js';
import type { PaypalTransport } from './paypal-transport.js';

interface PaypalCall {
  readonly body?: object;
  /** Of two calls with the same id PayPal carries out one. At most 108 characters. */
  readonly requestId?: string;
}

/** How often a call is repeated while PayPal is still busy with an earlier one of the same id. */
const MOST_TRIES = 6;

/** Calls PayPal's REST API for an account. */
export class PaypalClient {
  constructor(
    private readonly transport: PaypalTransport,
    private readonly tokens: PaypalTokens,
    private readonly busyDelayMs: number,
  ) {}

  /**
   * @throws PaypalCredentialsRejected; DomainError provider_error when there is no answer in time, or one that leaves the
   *   outcome open (429, 5xx, still busy)
   */
  async request(access: PaypalAccess, method: 'GET' | 'POST', path: string, call: PaypalCall = {}): Promise<PaypalAnswer> {
    for (let tries = 1; ; tries++) {
      const answer = await this.authorized(access, method, path, call);
      if (answer.status >= 500 || answer.status === 429) throw undecided(answer);
      if (answer.status !== 409) return answer;
      if (tries === MOST_TRIES || issueOf(answer) !== 'PREVIOUS_REQUEST_IN_PROGRESS') throw undecided(answer);
      await sleep(this.busyDelayMs * tries);
    }
  }

  /** Finds out whether PayPal accepts the account. @throws as `request` */
  async authenticate(access: PaypalAccess): Promise<void> {
    await this.tokens.get(access);
  }

  /** A token can end before its time; the call that found out was not carried out and is made again with a new one. */
  private async authorized(access: PaypalAccess, method: 'GET' | 'POST', path: string, call: PaypalCall): Promise<PaypalAnswer> {
    const token = await this.tokens.get(access);
    const answer = await this.send(access, token, method, path, call);
    if (answer.status !== 401) return answer;
    await this.tokens.forget(access, token);
    const again = await this.send(access, await this.tokens.get(access), method, path, call);
    if (again.status === 401) throw new PaypalCredentialsRejected(again);
    return again;
  }

  private send(
    { baseUrl }: PaypalAccess,
    token: string,
    method: string,
    path: string,
    { body, requestId }: PaypalCall,
  ): Promise<PaypalAnswer> {
    return this.transport.send(`${baseUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        ...(body ? { 'content-type': 'application/json', prefer: 'return=representation' } : {}),
        ...(requestId === undefined ? {} : { 'paypal-request-id': requestId }),
      },
      body: body && JSON.stringify(body),
    });
  }
}
