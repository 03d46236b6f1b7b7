import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, IpnReceiver } from '@paygate/testing';
import type { ReceivedRequest } from '@paygate/testing';
import type { ProviderAccount } from '../src/providers/index.js';
import { isSignedBy } from '../src/providers/sandbox/sandbox-signature.js';
import { SandboxServer } from './support/sandbox-server.js';

interface Payment {
  id: string;
  status: string;
  redirectUrl?: string;
  failure?: { code: string };
}

describe('the simulated provider', () => {
  let hooks: IpnReceiver;
  let server: SandboxServer;
  let account: ProviderAccount;

  beforeAll(async () => {
    hooks = await IpnReceiver.start();
    server = await SandboxServer.start({ HOOKS_PUBLIC_URL: hooks.url, SANDBOX_DEBIT_DELAY_MS: 400 });
    account = server.newAccount();
  });
  afterAll(async () => {
    await server.stop();
    await hooks.stop();
  });

  const body = (changes: object = {}) => ({
    transactionId: 'tx_1',
    amount: 4900,
    currency: 'EUR',
    description: 'Example Shop order_1',
    returnUrl: 'https://pay.example.test/return?transactionId=1',
    ...changes,
  });
  const told = () => ({ webhookUrl: `${hooks.url}/hooks/sandbox/p1`, webhookSecret: account.credentials['webhookSecret'] });
  const create = async (changes: object = {}): Promise<Payment & { redirectUrl: string }> => {
    const answer = await server.api(account, 'POST', '', body(changes));
    expect(answer.status).toBe(201);
    return (await answer.json()) as Payment & { redirectUrl: string };
  };
  const read = async (id: string): Promise<Payment> => (await server.api(account, 'GET', `/${id}`)).json() as Promise<Payment>;
  const form = async (url: string, fields: Record<string, string> = {}): Promise<Response> =>
    fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
  const ofPayment =
    (id: string, type: string) =>
    ({ rawBody }: ReceivedRequest): boolean => {
      const event = JSON.parse(rawBody.toString()) as { type: string; data: { payment: Payment } };
      return event.data.payment.id === id && event.type === type;
    };

  describe('API', () => {
    it.each([
      ['transactionId', ''],
      ['transactionId', 'x'.repeat(65)],
      ['amount', 0],
      ['amount', -1],
      ['amount', 1.5],
      ['amount', 2 ** 53],
      ['amount', '4900'],
      ['currency', 'EURO'],
      ['currency', 'XXX'],
      ['returnUrl', 'javascript:alert(1)'],
      ['returnUrl', '/relative'],
      ['returnUrl', undefined],
      ['webhookSecret', 'short'],
      ['unexpected', 'field'],
    ])('refuses %s = %p', async (field, value) => {
      const answer = await server.api(account, 'POST', '', body({ [field]: value }));
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ code: 'validation_failed', details: [{ field }] });
    });

    it.each([
      ['another host', 'http://10.0.0.1/hooks/sandbox/p1'],
      ['another port of the same host', 'http://127.0.0.1:1/hooks/sandbox/p1'],
      ['another path', '/internal/health'],
      ['a path that only looks right', '/hooks/../internal/health'],
      ['a host in the credentials', 'http://127.0.0.1@10.0.0.1/hooks/sandbox/p1'],
    ])('does not send notifications to %s', async (_name, address) => {
      const webhookUrl = address.startsWith('/') ? hooks.url + address : address;
      const answer = await server.api(account, 'POST', '', body({ ...told(), webhookUrl }));
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ details: [{ field: 'webhookUrl' }] });
    });

    it.each([
      [undefined, 'api_key_missing'],
      ['Bearer sk_test_abc.def', 'api_key_invalid'],
      ['Bearer sbx_short', 'api_key_invalid'],
      ['sbx_0123456789', 'api_key_invalid'],
    ])('does not let %p in', async (authorization, code) => {
      for (const path of ['payments?transactionId=tx_1', 'account']) {
        const answer = await fetch(`${server.url}/sandbox/v1/${path}`, { headers: authorization ? { authorization } : {} });
        expect(answer.status).toBe(401);
        expect(await answer.json()).toMatchObject({ code });
      }
    });

    it('tells a key its account, the same each time and no part of the key', async () => {
      const accountOf = async ({ credentials: { secretKey = '' } }: ProviderAccount): Promise<string> => {
        const answer = await fetch(`${server.url}/sandbox/v1/account`, { headers: { authorization: `Bearer ${secretKey}` } });
        expect(answer.status).toBe(200);
        const told = ((await answer.json()) as { account: string }).account;
        expect(secretKey).not.toContain(told);
        return told;
      };
      const told = await accountOf(account);
      expect(await accountOf(account)).toBe(told);
      expect(await accountOf(server.newAccount())).not.toBe(told);
    });

    it('makes one payment of one key, whoever asks at the same time', async () => {
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => server.api(account, 'POST', '', body(), { 'idempotency-key': 'the-same' })),
      );
      const ids = await Promise.all(answers.map(async (answer) => ((await answer.json()) as Payment).id));
      expect(new Set(ids).size).toBe(1);
    });

    it('refuses the same key for something else', async () => {
      await server.api(account, 'POST', '', body(), { 'idempotency-key': 'used' });
      const answer = await server.api(account, 'POST', '', body({ amount: 1 }), { 'idempotency-key': 'used' });
      expect(answer.status).toBe(422);
      expect(await answer.json()).toMatchObject({ code: 'idempotency_key_reused' });
    });

    it('keeps accounts apart', async () => {
      const { id } = await create({ transactionId: 'tx_mine' });
      const other = server.newAccount();
      expect((await server.api(other, 'GET', `/${id}`)).status).toBe(404);
      expect((await server.api(other, 'POST', `/${id}/cancel`)).status).toBe(404);
      expect(await (await server.api(other, 'GET', '?transactionId=tx_mine')).json()).toEqual({ payments: [] });
      expect(await (await server.api(account, 'GET', '?transactionId=tx_mine')).json()).toMatchObject({ payments: [{ id }] });
    });

    it('never tells the secret', async () => {
      const { id } = await create(told());
      expect(await (await server.api(account, 'GET', `/${id}`)).text()).not.toContain(account.credentials['webhookSecret']);
    });
  });

  describe('pages', () => {
    it.each([
      ['tok_success', 'paid', undefined],
      ['tok_declined', 'declined', 'card_declined'],
      ['tok_insufficient_funds', 'declined', 'insufficient_funds'],
      ['tok_expired_card', 'declined', 'expired_card'],
      ['tok_debit_success', 'processing', undefined],
    ])('%s leads to %s, and the buyer back', async (instrument, status, code) => {
      const { id, redirectUrl } = await create();
      const page = await fetch(redirectUrl);
      expect(page.status).toBe(200);
      expect(page.headers.get('content-security-policy')).toContain("form-action 'self'");
      const answer = await form(redirectUrl, { instrument });
      expect(answer.status).toBe(303);
      const done = await (await fetch(new URL(answer.headers.get('location') ?? '', server.url))).text();
      expect(done).toContain('content="0;url=https://pay.example.test/return?transactionId=1"');
      const payment = await read(id);
      expect(payment.status).toBe(status);
      expect(payment.failure?.code).toBe(code);
    });

    it.each([
      ['complete', 'paid', undefined],
      ['fail', 'declined', 'authentication_failed'],
    ])('3-D Secure: %s leads to %s', async (answer, status, code) => {
      const { id, redirectUrl } = await create();
      const challenge = (await form(redirectUrl, { instrument: 'tok_3ds' })).headers.get('location') ?? '';
      expect(challenge).toContain('/sandbox/challenge/');
      expect((await read(id)).redirectUrl).toBe(server.url + challenge);
      expect(await (await fetch(server.url + challenge)).text()).toContain('Complete authentication');
      expect((await form(server.url + challenge, { answer })).status).toBe(303);
      const payment = await read(id);
      expect(payment.status).toBe(status);
      expect(payment.failure?.code).toBe(code);
    });

    it('cancel', async () => {
      const { id, redirectUrl } = await create();
      expect((await form(`${redirectUrl}/cancel`)).status).toBe(303);
      expect((await read(id)).status).toBe('canceled');
    });

    it('asks again for what is no test instrument', async () => {
      const { id, redirectUrl } = await create();
      const answer = await form(redirectUrl, { instrument: '4242424242424242' });
      expect(answer.status).toBe(422);
      expect(await answer.text()).toContain('Choose one of the test cards');
      expect((await read(id)).status).toBe('awaiting_buyer');
    });

    it('pay once, whatever a second tab does', async () => {
      const { id, redirectUrl } = await create();
      await Promise.all([
        form(redirectUrl, { instrument: 'tok_success' }),
        form(redirectUrl, { instrument: 'tok_declined' }),
        form(`${redirectUrl}/cancel`),
      ]);
      const first = await read(id);
      expect(['paid', 'declined', 'canceled']).toContain(first.status);
      await form(redirectUrl, { instrument: 'tok_success' });
      expect(await read(id)).toEqual(first);
    });

    it('have no field whose content a browser would send as a card number', async () => {
      const { redirectUrl } = await create();
      const html = await (await fetch(redirectUrl)).text();
      const named = [...html.matchAll(/<input[^>]*\sname="([^"]+)"/g)].map((match) => match[1]);
      expect(new Set(named)).toEqual(new Set(['instrument', 'kind']));
      for (const id of ['number', 'expiry', 'cvc', 'holder', 'iban']) expect(html).toContain(`id="${id}"`);
    });

    it.each(['pay', 'challenge', 'done'])('%s is unknown without its token', async (page) => {
      expect((await fetch(`${server.url}/sandbox/${page}/nobody-knows-this`)).status).toBe(404);
    });
  });

  describe('money that goes back', () => {
    interface MoneyBack {
      id: string;
      status: string;
      amount: number;
      failure?: { code: string };
    }
    const paid = async (token = 'tok_success'): Promise<string> => {
      hooks.reply({ status: 200 });
      const { id } = await create(told());
      await server.simulate(account, id, token);
      return id;
    };
    const refund = (id: string, of: object = {}, key?: string, as = account) =>
      server.api(as, 'POST', `/${id}/refunds`, of, key === undefined ? {} : { 'idempotency-key': key });
    const made = async (answer: Promise<Response>): Promise<MoneyBack> => (await (await answer).json()) as MoneyBack;
    const codeOf = async (answer: Promise<Response>): Promise<string> => ((await (await answer).json()) as { code: string }).code;
    const newestRefund = async (id: string): Promise<MoneyBack | undefined> => {
      const answer = await server.api(account, 'GET', `/${id}/refunds`);
      return ((await answer.json()) as { refunds: MoneyBack[] }).refunds[0];
    };

    it('a refund is queued, then paid out, and told', async () => {
      const id = await paid();
      expect(await made(refund(id, { amount: 1900, reason: 'returned' }))).toMatchObject({ status: 'queued', amount: 1900 });
      const { rawBody } = await hooks.next(ofPayment(id, 'refund.paid_out'), 10_000);
      expect(JSON.parse(rawBody.toString())).toMatchObject({ data: { refund: { status: 'paid_out', amount: 1900, paymentId: id } } });
    });

    it('of a certain card it fails, and its amount is free again', async () => {
      const id = await paid('tok_refund_fails');
      await refund(id);
      expect(await codeOf(refund(id))).toBe('refund_exceeds_remaining');
      await hooks.next(ofPayment(id, 'refund.rejected'), 10_000);
      expect(await newestRefund(id)).toMatchObject({ status: 'rejected', failure: { code: 'refund_rejected' } });
      expect((await refund(id)).status).toBe(201);
    });

    it('a key stands for one refund, whoever asks at the same time, and for nothing else', async () => {
      const id = await paid();
      const all = await Promise.all(Array.from({ length: 5 }, () => made(refund(id, { amount: 100 }, 'key-1'))));
      expect(new Set(all.map((each) => each.id)).size).toBe(1);
      expect(await codeOf(refund(id, { amount: 200 }, 'key-1'))).toBe('idempotency_key_reused');
    });

    it('never more than was paid, also at once', async () => {
      const id = await paid();
      const answers = await Promise.all(Array.from({ length: 8 }, () => refund(id, { amount: 1000 })));
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(4);
    });

    it('a dispute is opened and decided once', async () => {
      const id = await paid();
      const dispute = await made(server.api(account, 'POST', `/${id}/disputes`, {}));
      expect(dispute).toMatchObject({ status: 'opened', amount: 4900 });
      await hooks.next(ofPayment(id, 'dispute.opened'), 10_000);
      await server.post(account, `/disputes/${dispute.id}/simulate`, { status: 'buyer_won' });
      await server.post(account, `/disputes/${dispute.id}/simulate`, { status: 'merchant_won' });
      await hooks.next(ofPayment(id, 'dispute.buyer_won'), 10_000);
      const answer = await server.api(account, 'GET', `/${id}/disputes`);
      expect(await answer.json()).toMatchObject({ disputes: [{ id: dispute.id, status: 'buyer_won' }] });
    });

    it('what was not paid cannot go back, and no account reaches the payments of another', async () => {
      const { id } = await create();
      expect(await codeOf(refund(id))).toBe('transaction_not_refundable');
      expect(await codeOf(server.api(account, 'POST', `/${id}/disputes`, {}))).toBe('transaction_not_refundable');
      const mine = await paid();
      expect((await refund(mine, {}, undefined, server.newAccount())).status).toBe(404);
    });

    it.each([{ amount: 0 }, { amount: 1.5 }, { amount: '100' }, { reason: 7 }, { unexpected: 1 }])('refuses %p', async (given) => {
      expect(await codeOf(refund(await paid(), given))).toBe('validation_failed');
    });
  });

  describe('notifications', () => {
    it('are signed over the exact bytes', async () => {
      hooks.reply({ status: 200 });
      const { id } = await create(told());
      await server.simulate(account, id, 'tok_success');
      const { rawBody, headers } = await hooks.next(ofPayment(id, 'payment.paid'));
      const signature = String(headers['sandbox-signature']);
      expect(isSignedBy(account.credentials['webhookSecret'] ?? '', rawBody, signature, new Date())).toBe(true);
      expect(isSignedBy('another secret', rawBody, signature, new Date())).toBe(false);
    });

    it('are repeated with the same bytes until they are taken, and then no more', async () => {
      let refusals = 2;
      hooks.reply(() => ({ status: refusals-- > 0 ? 503 : 204 }));
      const { id } = await create(told());
      await server.simulate(account, id, 'tok_declined');
      const attempts = [];
      for (let i = 0; i < 3; i++) attempts.push(await hooks.next(ofPayment(id, 'payment.declined'), 10_000));
      expect(new Set(attempts.map(({ rawBody }) => rawBody.toString())).size).toBe(1);
      await expect(hooks.next(ofPayment(id, 'payment.declined'), 300)).rejects.toThrow('no matching request');
    });

    it.each([
      ['tok_debit_success', 'payment.paid'],
      ['tok_debit_failed', 'payment.declined'],
    ])('%s: first processing, later %s', async (token, type) => {
      hooks.reply({ status: 200 });
      const { id } = await create(told());
      await server.simulate(account, id, token);
      await hooks.next(ofPayment(id, 'payment.processing'));
      await hooks.next(ofPayment(id, type));
    });

    it('survive a restart, like debits that are not decided yet', async () => {
      hooks.reply({ status: 500 });
      const paid = await create(told());
      const debit = await create(told());
      await server.simulate(account, paid.id, 'tok_success');
      await hooks.next(ofPayment(paid.id, 'payment.paid'));
      await server.simulate(account, debit.id, 'tok_debit_success');
      await server.close();
      hooks.reply({ status: 200 });
      await server.open();
      await hooks.next(ofPayment(paid.id, 'payment.paid'), 10_000);
      await hooks.next(ofPayment(debit.id, 'payment.paid'), 10_000);
      await eventually(async () => expect((await read(debit.id)).status).toBe('paid'));
    });
  });
});
