import { DomainError } from '@paygate/kernel';
import { TargetNotAllowedError } from '@paygate/nest-kit';
import type { RequestInit } from 'undici';
import type { ProviderHttp } from '../provider-http.js';

export interface SandboxAnswer {
  readonly status: number;
  /** Parsed JSON; undefined when there was none. */
  readonly body: unknown;
}

/** Where to send a request, and the key that goes with it. */
export interface SandboxAccess {
  readonly baseUrl: string;
  readonly secretKey: string;
}

interface SandboxCall {
  readonly body?: object;
  readonly idempotencyKey?: string;
  /** Ends the call before the client's own timeout. */
  readonly signal?: AbortSignal;
}

/** Sends one request to the sandbox's API. */
export class SandboxClient {
  constructor(
    private readonly http: Pick<ProviderHttp, 'request'>,
    private readonly timeoutMs: number,
  ) {}

  /** @throws DomainError provider_error when there is no answer in time, or one that leaves the outcome open (429, 5xx) */
  async request(
    { baseUrl, secretKey }: SandboxAccess,
    method: 'GET' | 'POST',
    path: string,
    { body, idempotencyKey, signal }: SandboxCall = {},
  ): Promise<SandboxAnswer> {
    const timeout = AbortSignal.timeout(this.timeoutMs);
    const answer = await this.send(`${baseUrl.replace(/\/+$/, '')}${path}`, {
      method,
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      headers: {
        authorization: `Bearer ${secretKey}`,
        accept: 'application/json',
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}),
      },
      body: body && JSON.stringify(body),
    });
    if (answer.status >= 500 || answer.status === 429)
      throw new DomainError('provider_error', `The payment provider answered ${answer.status}.`);
    return answer;
  }

  private async send(url: string, init: RequestInit): Promise<SandboxAnswer> {
    try {
      const response = await this.http.request(url, init);
      return { status: response.status, body: parse(await response.text()) };
    } catch (error) {
      const why = error instanceof TargetNotAllowedError ? 'has an address that may not be used' : 'did not answer';
      throw new DomainError('provider_error', `The payment provider ${why}.`, undefined, { cause: error });
    }
  }
}

/** Whether a call failed before anything was sent, so that it certainly had no effect. */
export function wasNotSent(error: unknown): boolean {
  return error instanceof DomainError && error.cause instanceof TargetNotAllowedError;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
