import { DomainError } from '@paygate/kernel';
import { TargetNotAllowedError } from '@paygate/nest-kit';
import type { RequestInit } from 'undici';
import { textIn } from '../json-reading.js';
import type { ProviderHttp } from '../provider-http.js';
import type { PaypalAnswer } from './paypal-errors.js';

/** Sends one request and reads the answer, whatever it says. */
export class PaypalTransport {
  constructor(
    private readonly http: Pick<ProviderHttp, 'request'>,
    private readonly timeoutMs: number,
  ) {}

  /** @throws DomainError provider_error when there is no answer in time */
  async send(url: string, init: RequestInit, signal?: AbortSignal): Promise<PaypalAnswer & { text: string }> {
    const timeout = AbortSignal.timeout(this.timeoutMs);
    try {
      const response = await this.http.request(url, { ...init, signal: signal ? AbortSignal.any([signal, timeout]) : timeout });
      const text = await response.text();
      const body = parse(text);
      const debugId = response.headers.get('paypal-debug-id') ?? textIn(body, 'debug_id');
      return { status: response.status, body, text, debugId };
    } catch (error) {
      const why = error instanceof TargetNotAllowedError ? 'has an address that may not be used' : 'did not answer';
      throw new DomainError('provider_error', `The payment provider ${why}.`, undefined, { cause: error });
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
