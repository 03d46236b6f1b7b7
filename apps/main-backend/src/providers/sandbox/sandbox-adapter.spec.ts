import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DomainError } from '@paygate/kernel';
import { IpnReceiver } from '@paygate/testing';
import type { Reply } from '@paygate/testing';
import { ProviderRefusal } from '../provider-adapter.js';
import { ProviderHttp } from '../provider-http.js';
import type { PaymentRequest, ProviderAccount } from '../provider-adapter.js';
import { SandboxAdapter } from './sandbox-adapter.js';

const request: PaymentRequest = {
  transactionId: 't1',
  amount: 4900,
  currency: 'EUR',
  description: 'Order 1',
  returnUrl: 'https://pay.example.test/return',
};
const payment = { id: 'sbxpay_1', transactionId: 't1', status: 'awaiting_buyer', amount: 4900, currency: 'EUR' };
const json = (status: number, body: unknown): Reply => ({ status, body: JSON.stringify(body) });

describe('what the sandbox adapter makes of an answer', () => {
  const adapter = new SandboxAdapter({ http: new ProviderHttp({ allowPrivateTargets: true }), timeoutMs: 300 });
  let server: IpnReceiver;
  let account: ProviderAccount;

  beforeAll(async () => {
    server = await IpnReceiver.start();
    const credentials = { baseUrl: `${server.url}/sandbox/`, secretKey: 'sbx_secret', webhookSecret: 'whsec_secret' };
    account = { id: 'p1', organizationId: 'o1', type: 'sandbox', livemode: false, credentials };
  });
  afterAll(async () => server.stop());

  const outcome = async (work: Promise<unknown>): Promise<unknown> => {
    try {
      return await work;
    } catch (error) {
      if (error instanceof ProviderRefusal) return `refused: ${error.failure.code}`;
      return error instanceof DomainError ? error.code : error;
    }
  };

  it.each<[string, Reply, string]>([
    ['400 with a code', json(400, { code: 'validation_failed' }), 'refused: validation_failed'],
    ['400 without one', { status: 400, body: 'no' }, 'refused: refused'],
    ['401', json(401, { code: 'api_key_invalid' }), 'refused: provider_credentials'],
    ['403', { status: 403 }, 'refused: provider_credentials'],
    ['422', json(422, { code: 'nonsense' }), 'refused: nonsense'],
    ['422 because a payment of this key exists', json(422, { code: 'idempotency_key_reused' }), 'provider_error'],
    ['404, from whatever answered', { status: 404 }, 'provider_error'],
    ['409', { status: 409 }, 'provider_error'],
    ['429', { status: 429 }, 'provider_error'],
    ['500', json(500, payment), 'provider_error'],
    ['502', { status: 502, body: '<html>' }, 'provider_error'],
    ['a redirect', { status: 302, headers: { location: 'https://elsewhere.example/' } }, 'provider_error'],
    ['no JSON', { status: 201, body: '<html>' }, 'provider_error'],
    ['JSON that is no payment', json(201, { id: 'x' }), 'provider_error'],
    ['an answer too late', { ...json(201, payment), delayMs: 1_000 }, 'provider_error'],
  ])('to create: %s', async (_name, reply, expected) => {
    server.reply(reply);
    expect(await outcome(adapter.createPayment(account, request))).toBe(expected);
  });

  it.each<[string, Reply, unknown]>([
    ['its own 404', json(404, { code: 'transaction_not_found' }), undefined],
    ["somebody else's 404", json(404, { code: 'route_not_found' }), 'provider_error'],
    ['401', { status: 401 }, 'provider_error'],
    ['503', { status: 503 }, 'provider_error'],
  ])('to a look-up by reference: %s', async (_name, reply, expected) => {
    server.reply(reply);
    expect(await outcome(adapter.lookUpPayment(account, { transactionId: 't1', reference: 'sbxpay_1' }))).toBe(expected);
  });

  it.each<[string, Reply, unknown]>([
    ['none', json(200, { payments: [] }), undefined],
    ['no list', json(200, {}), 'provider_error'],
    ['a list of something else', json(200, { payments: [{}] }), 'provider_error'],
    ['404', { status: 404 }, 'provider_error'],
  ])('to a look-up by transaction: %s', async (_name, reply, expected) => {
    server.reply(reply);
    expect(await outcome(adapter.lookUpPayment(account, { transactionId: 't1' }))).toBe(expected);
  });

  it.each<[string, Reply, unknown]>([
    ['200', json(200, { account: 'abc' }), { code: 'ok', message: expect.any(String) }],
    ['401', json(401, { code: 'api_key_invalid' }), { code: 'credentials_rejected', message: expect.any(String) }],
    ['403', { status: 403 }, { code: 'credentials_rejected', message: expect.any(String) }],
    ['200 of something else', json(200, { status: 'ok' }), 'provider_error'],
    ['200 without JSON', { status: 200, body: '<html>' }, 'provider_error'],
    ['404', { status: 404 }, 'provider_error'],
    ['429', { status: 429 }, 'provider_error'],
    ['503', { status: 503 }, 'provider_error'],
    ['a redirect', { status: 302, headers: { location: 'https://elsewhere.example/' } }, 'provider_error'],
    ['an answer too late', { ...json(200, { account: 'abc' }), delayMs: 1_000 }, 'provider_error'],
  ])('to a test of the connection: %s', async (_name, reply, expected) => {
    server.reply(reply);
    expect(await outcome(adapter.checkConnection(account, AbortSignal.timeout(5_000)))).toEqual(expected);
  });

  it('takes a status it does not know for pending', async () => {
    server.reply(json(200, { ...payment, status: 'under_investigation' }));
    expect(await adapter.lookUpPayment(account, { transactionId: 't1', reference: 'sbxpay_1' })).toMatchObject({ word: 'pending' });
  });

  it('asks with key, idempotency key and our hooks, and never sends more than it must', async () => {
    server.reply(json(201, payment));
    server.requests.length = 0;
    await adapter.createPayment(account, { ...request, email: 'ada@example.com' });
    const sent = server.requests[0]!;
    expect(sent.path).toBe('/sandbox/v1/payments');
    expect(sent.headers).toMatchObject({ authorization: 'Bearer sbx_secret', 'idempotency-key': 't1' });
    expect(JSON.parse(sent.rawBody.toString())).toEqual({
      ...request,
      webhookUrl: `${server.url}/hooks/sandbox/p1`,
      webhookSecret: 'whsec_secret',
    });
  });

  it.each<Record<string, string>>([{}, { baseUrl: 'nonsense', secretKey: 'sbx_secret' }, { baseUrl: 'http://127.0.0.1:1' }])(
    'with incomplete credentials %j nothing is sent, so nothing is open',
    async (credentials) => {
      const incomplete = { ...account, credentials };
      expect(await outcome(adapter.createPayment(incomplete, request))).toBe('refused: provider_credentials');
      expect(await outcome(adapter.lookUpPayment(incomplete, { transactionId: 't1' }))).toBe('provider_error');
      expect(await outcome(adapter.checkConnection(incomplete, AbortSignal.timeout(5_000)))).toMatchObject({
        code: 'credentials_rejected',
      });
    },
  );

  it('asks the simulator of the installation when the account names no address', async () => {
    const own = new SandboxAdapter({ http: new ProviderHttp({ allowPrivateTargets: true }), ownSandbox: `${server.url}/sandbox` });
    server.reply(json(201, payment));
    server.requests.length = 0;
    await own.createPayment({ ...account, credentials: { secretKey: 'sbx_secret', webhookSecret: 'whsec_secret' } }, request);
    expect(server.requests[0]?.path).toBe('/sandbox/v1/payments');
    expect(JSON.parse(server.requests[0]!.rawBody.toString())).toMatchObject({ webhookUrl: `${server.url}/hooks/sandbox/p1` });
  });

  it('sends nothing into the private network, and says that nothing happened', async () => {
    const guarded = new SandboxAdapter({ http: new ProviderHttp({ allowPrivateTargets: false }), timeoutMs: 300 });
    const reference = 'sbxpay_1';
    server.reply(json(201, payment));
    server.requests.length = 0;
    expect(await outcome(guarded.createPayment(account, request))).toBe('refused: provider_credentials');
    expect(await outcome(guarded.lookUpPayment(account, { transactionId: 't1', reference }))).toBe('provider_error');
    expect(await outcome(guarded.cancelPayment(account, reference))).toBe('provider_error');
    expect(await outcome(guarded.checkConnection(account, AbortSignal.timeout(5_000)))).toBe('provider_error');
    expect(server.requests).toEqual([]);
  });
});
