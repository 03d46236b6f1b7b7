import { DomainError } from '@paygate/kernel';
import { TargetNotAllowedError } from '@paygate/nest-kit';
import type { RequestInit } from 'undici';
import type { ProviderHttp } from './provider-http.js';

export interface JsonAnswer {
  readonly status: number;
  /** Parsed JSON; undefined when there was none. */
  readonly body: unknown;
}

export interface JsonCall {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: object;
  /** Ends the call before the client's own timeout. */
  readonly signal?: AbortSignal;
}

/** Sends requests to a provider's JSON API, for providers whose own library cannot be told how to send. */
export class JsonApi {
  constructor(
    private readonly http: Pick<ProviderHttp, 'request'>,
    private readonly timeoutMs: number,
  ) {}

  /** @throws DomainError provider_error when there is no answer in time, or one that leaves the outcome open (429, 5xx) */
  async request(url: string, { method, headers, body, signal }: JsonCall): Promise<JsonAnswer> {
    const timeout = AbortSignal.timeout(this.timeoutMs);
    const answer = await this.send(url, {
      method,
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      headers: { accept: 'application/json', ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
      body: body && JSON.stringify(body),
    });
    if (answer.status >= 500 || answer.status === 429) throw undecided(answer);
    return answer;
  }

  private async send(url: string, init: RequestInit): Promise<JsonAnswer> {
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

/** For an answer that leaves open what happened. */
export function undecided({ status }: JsonAnswer): DomainError {
  return new DomainError('provider_error', `The payment provider gave an answer we cannot read (${status}).`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
