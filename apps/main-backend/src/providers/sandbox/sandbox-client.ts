import { DomainError } from '@paygate/kernel';
import type { ProviderAccount } from '../provider-adapter.js';

export interface SandboxAnswer {
  readonly status: number;
  /** Parsed JSON; undefined when there was none. */
  readonly body: unknown;
}

/** An account whose credentials suffice to send a request. */
type ConfiguredAccount = ProviderAccount & { readonly credentials: { readonly baseUrl: string; readonly secretKey: string } };

export function isConfigured(account: ProviderAccount): account is ConfiguredAccount {
  const { baseUrl, secretKey } = account.credentials;
  return baseUrl !== undefined && URL.canParse(baseUrl) && secretKey !== undefined;
}

/** Sends one request to the sandbox's API. */
export class SandboxClient {
  constructor(private readonly timeoutMs: number) {}

  /** @throws DomainError provider_error when there is no answer in time, or one that leaves the outcome open (429, 5xx) */
  async request(
    account: ProviderAccount,
    method: 'GET' | 'POST',
    path: string,
    o: { body?: object; idempotencyKey?: string } = {},
  ): Promise<SandboxAnswer> {
    if (!isConfigured(account)) throw new DomainError('provider_error', 'The payment provider is not configured completely.');
    const { baseUrl, secretKey } = account.credentials;
    const answer = await this.send(`${baseUrl.replace(/\/+$/, '')}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${secretKey}`,
        accept: 'application/json',
        ...(o.body ? { 'content-type': 'application/json' } : {}),
        ...(o.idempotencyKey ? { 'idempotency-key': o.idempotencyKey } : {}),
      },
      body: o.body && JSON.stringify(o.body),
    });
    if (answer.status >= 500 || answer.status === 429)
      throw new DomainError('provider_error', `The payment provider answered ${answer.status}.`);
    return answer;
  }

  private async send(url: string, init: RequestInit): Promise<SandboxAnswer> {
    try {
      // A redirect would carry the key to wherever it points.
      const response = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(this.timeoutMs) });
      return { status: response.status, body: parse(await response.text()) };
    } catch (error) {
      throw new DomainError('provider_error', 'The payment provider did not answer.', undefined, { cause: error });
    }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
