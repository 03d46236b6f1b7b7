import { DomainError } from '@paygate/kernel';
import { TargetNotAllowedError } from '@paygate/nest-kit';
import type { ProviderHttp } from '../provider-http.js';

export interface WiseAnswer {
  readonly status: number;
  /** Parsed JSON; undefined when there was none. */
  readonly body: unknown;
}

/** Where to ask, and the token that goes with it. */
export interface WiseAccess {
  readonly baseUrl: string;
  readonly apiToken: string;
  readonly profileId: string;
}

/** Asks Wise's API. Everything here only reads, so every failure leaves nothing behind. */
export class WiseClient {
  constructor(
    private readonly http: Pick<ProviderHttp, 'request'>,
    private readonly timeoutMs: number,
  ) {}

  /**
   * @param path of the version of the API and below the profile, e.g. `v1/account-details`
   * @throws DomainError provider_error when there is no answer in time, or one that says nothing (429, 5xx)
   */
  async get({ baseUrl, apiToken, profileId }: WiseAccess, path: string, signal?: AbortSignal): Promise<WiseAnswer> {
    const timeout = AbortSignal.timeout(this.timeoutMs);
    const [version = '', ...below] = path.split('/');
    const url = `${baseUrl.replace(/\/+$/, '')}/${version}/profiles/${encodeURIComponent(profileId)}/${below.join('/')}`;
    const answer = await this.send(url, {
      method: 'GET',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      headers: { authorization: `Bearer ${apiToken}`, accept: 'application/json' },
    });
    if (answer.status >= 500 || answer.status === 429) throw new DomainError('provider_error', `Wise answered ${answer.status}.`);
    return answer;
  }

  private async send(url: string, init: Parameters<ProviderHttp['request']>[1]): Promise<WiseAnswer> {
    try {
      const response = await this.http.request(url, init);
      return { status: response.status, body: parse(await response.text()) };
    } catch (error) {
      const why = error instanceof TargetNotAllowedError ? 'has an address that may not be used' : 'did not answer';
      throw new DomainError('provider_error', `Wise ${why}.`, undefined, { cause: error });
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
