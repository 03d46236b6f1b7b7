import type Stripe from 'stripe';
import type { ProviderHttp } from '../provider-http.js';

export interface StripeHttpOptions {
  http: Pick<ProviderHttp, 'request'>;
  /** Instead of `https://api.stripe.com`. */
  baseUrl: string;
  /** Ends the request, its answer included. */
  signal: AbortSignal;
}

/** Lets Stripe's SDK send its requests as all adapters do: to the account's address and nowhere private. */
export class StripeHttp implements Stripe.HttpClient {
  constructor(private readonly options: StripeHttpOptions) {}

  getClientName(): string {
    return 'paygate';
  }

  /** The SDK's own host, port and protocol are left aside. @throws as ProviderHttp */
  async makeRequest(
    _host: string,
    _port: string,
    path: string,
    method: string,
    headers: Parameters<Stripe.HttpClient['makeRequest']>[4],
    body: string,
  ): Promise<Stripe.HttpClientResponse> {
    const { http, baseUrl, signal } = this.options;
    const response = await http.request(`${baseUrl.replace(/\/+$/, '')}${path}`, {
      method,
      headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
      body: method === 'POST' ? body : undefined,
      signal,
    });
    const text = await response.text();
    const answerHeaders = Object.fromEntries(response.headers);
    return {
      getStatusCode: () => response.status,
      getHeaders: () => answerHeaders,
      getRawResponse: () => ({ headers: answerHeaders }),
      toStream: () => {
        throw new TypeError('answers are read as a whole');
      },
      toJSON: () => Promise.resolve(answerIn(response.status, text)),
    };
  }
}

/** The SDK takes every JSON object without `error` for a success, whatever the status; a proxy may have written it. */
function answerIn(status: number, text: string): object {
  const answer: unknown = JSON.parse(text);
  if (typeof answer !== 'object' || answer === null) throw new SyntaxError('the answer is no object');
  if (status >= 300 && !('error' in answer)) throw new SyntaxError('the answer is neither a success nor an error of Stripe');
  return answer;
}
