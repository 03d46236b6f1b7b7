import type { ReceivedRequest } from '@paygate/testing';
import { verifyNotification } from '@paygate/webhook-protocol';
import type { MerchantWebhook } from '@paygate/webhook-protocol';
import type { TestStack } from '../support/index.js';

type Answer = Readonly<Record<string, unknown>>;

/** A webhook endpoint that a merchant registered, looked after by plain HTTP as an integrator would. */
export class MerchantEndpoint {
  private constructor(
    private readonly test: TestStack,
    private readonly path: string,
    readonly id: string,
    readonly firstSecret: string,
  ) {}

  static async register(test: TestStack, path: string): Promise<MerchantEndpoint> {
    const wanted = { family: 'merchant_webhook', url: test.shop.url + path };
    const { id, secret } = await call(test, 'POST', '/v1/webhook-endpoints', wanted);
    return new MerchantEndpoint(test, path, String(id), String(secret));
  }

  /** What arrived, oldest first. */
  get requests(): ReceivedRequest[] {
    return this.test.shop.requests.filter(({ path }) => path === this.path);
  }

  /**
   * The same, verified at the time it came.
   * @param since how many to leave out
   * @throws when one is not genuine
   */
  received(secret = this.firstSecret, since = 0): MerchantWebhook[] {
    return this.requests.slice(since).map(({ headers, rawBody, receivedAt }) => {
      const result = verifyNotification('merchant_webhook', { secret, headers, body: rawBody, now: receivedAt });
      if (!result.ok) throw new Error(`${result.reason}: ${rawBody.toString()}`);
      return result.notification;
    });
  }

  /** What the API answers about it. */
  ask(method: 'GET' | 'POST', path = '', body?: object): Promise<Answer> {
    return call(this.test, method, `/v1/webhook-endpoints/${this.id}${path}`, body);
  }

  /** Deliveries to it in a state. */
  async deliveries(state: string): Promise<Answer[]> {
    const page = await call(this.test, 'GET', `/v1/ipn-deliveries?${new URLSearchParams({ endpointId: this.id, state }).toString()}`);
    return page['deliveries'] as Answer[];
  }

  replayFailed(): Promise<Answer> {
    return call(this.test, 'POST', '/v1/webhook-replays', { endpointId: this.id, selection: 'failed' });
  }

  replay(id: string): Promise<Answer> {
    return call(this.test, 'GET', `/v1/webhook-replays/${id}`);
  }
}

async function call({ merchant }: TestStack, method: 'GET' | 'POST', path: string, body?: object): Promise<Answer> {
  const response = await fetch(merchant.adminApiUrl + path, {
    method,
    headers: { authorization: `Bearer ${merchant.apiKey}`, ...(body ? { 'content-type': 'application/json' } : {}) },
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(20_000),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
  return JSON.parse(text) as Answer;
}
