import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@paygate/testing';
import type { ProcessName } from '@paygate/tools';
import { MongoClient } from 'mongodb';
import { startTestStack } from '../support/index.js';
import type { TestStack } from '../support/index.js';
import { MerchantEndpoint } from './merchant-endpoint.js';
import { PersistentPayer } from './persistent-payer.js';
import type { PaidOrder } from './persistent-payer.js';

const PAYMENTS = 200;
const AT_ONCE = 12;
/** Code of the notification's status, as documented for shops. */
const REFUNDED = 3;

/** What dies after how many payments. `main-backend` comes back with a fault that kills it again inside the critical gap. */
const KILLS: readonly { after: number; victim: ProcessName; restartWith?: Readonly<Record<string, string>> }[] = [
  { after: 15, victim: 'webhook-dispatcher' },
  { after: 35, victim: 'main-backend', restartWith: { PAYGATE_FAULT: 'exit-after-provider-success' } },
  { after: 65, victim: 'admin-api' },
  { after: 90, victim: 'nats' },
  { after: 115, victim: 'redis' },
  { after: 140, victim: 'mongo' },
  { after: 165, victim: 'webhook-dispatcher' },
  { after: 180, victim: 'main-backend' },
];

interface Notification {
  readonly id: string;
  readonly status: number;
  readonly deliveryId: string;
  readonly body: string;
}

let test: TestStack;
let orders: PaidOrder[];
let endpoint: MerchantEndpoint;

beforeAll(async () => {
  test = await startTestStack({ RECONCILE_AFTER_MS: '3000' });
  await enableTax(test);
  endpoint = await MerchantEndpoint.register(test, '/webhooks');
  orders = await payWhileThingsDie(test);
}, 420_000);

afterAll(() => test.stop());

describe(`${PAYMENTS} payments while every process is killed`, () => {
  it('records every payment the provider holds, exactly once and as succeeded', async () => {
    const client = await new MongoClient(test.stack.urls.mongo).connect();
    try {
      const database = client.db('paygate_main');
      const held = await database.collection('sandbox_payments').find({}).sort({ _id: 1 }).toArray();
      const paid = held.filter((payment) => payment['status'] === 'paid').map((payment) => String(payment['transactionId']));
      expect(new Set(paid).size).toBe(PAYMENTS);
      await eventually(
        async () => {
          const recorded = await database.collection('transactions').find({ status: 'succeeded' }).sort({ _id: 1 }).toArray();
          expect(recorded.map((transaction) => String(transaction._id)).sort()).toEqual([...paid].sort());
        },
        // The longest pause between two looks of the reconcile task, and what is claimed by a process that died.
        { timeoutMs: 150_000 },
      );
      // One success per order, although the buyer and the merchant repeated what was not answered.
      const perOrder = await database.collection('transactions').countDocuments({ status: 'succeeded' });
      expect(perOrder).toBe(PAYMENTS);
      expect(await database.collection('checkouts').countDocuments({ status: 'completed' })).toBe(PAYMENTS);
      expect(await database.collection('checkouts').countDocuments({})).toBe(PAYMENTS);
    } finally {
      await client.close();
    }
  }, 180_000);

  it('announced every success at least once, under one delivery id and with one body', async () => {
    await eventually(() => expect(new Set(successes().map((notification) => notification.id)).size).toBe(PAYMENTS), { timeoutMs: 60_000 });
    const byTransaction = new Map<string, Notification[]>();
    for (const notification of successes())
      byTransaction.set(notification.id, [...(byTransaction.get(notification.id) ?? []), notification]);
    expect([...byTransaction.keys()].sort()).toEqual(orders.map((order) => order.transactionId).sort());
    for (const [id, notifications] of byTransaction) {
      expect({ id, deliveryIds: new Set(notifications.map((n) => n.deliveryId)).size }).toEqual({ id, deliveryIds: 1 });
      expect({ id, bodies: new Set(notifications.map((n) => n.body)).size }).toEqual({ id, bodies: 1 });
    }
  }, 90_000);

  it('sent nothing negative for an order that was paid', () => {
    expect(received().filter((notification) => notification.status === 2 || notification.status === -2)).toEqual([]);
  });
});

describe('the tax of these payments', () => {
  it('is recorded once for each, and the report adds up', async () => {
    const reader = new PersistentPayer(test, () => 'tok_success');
    const sums = { records: PAYMENTS, net: PAYMENTS * 4118, tax: PAYMENTS * 782, gross: PAYMENTS * 4900 };
    await eventually(
      async () => {
        expect(await reader.read('/v1/tax/records?limit=1')).toMatchObject({ total: PAYMENTS });
        const report = await reader.read('/v1/tax/reports/by-country');
        expect(report).toMatchObject({ countries: [{ country: 'DE', ...sums }], totals: [{ currency: 'EUR', ...sums, untaxed: 0 }] });
      },
      { timeoutMs: 60_000, everyMs: 250 },
    );
  }, 90_000);
});

describe('the webhook endpoint of the merchant', () => {
  const PATIENCE = { timeoutMs: 60_000 };
  const paid = (): string[] =>
    endpoint
      .received()
      .flatMap((webhook) => (webhook.event === 'transaction.status_changed' && webhook.status === 'paid' ? [webhook.transaction_id] : []));

  it('was told of every payment, and its deliveries say so', async () => {
    await eventually(() => expect([...new Set(paid())].sort()).toEqual(orders.map(({ transactionId }) => transactionId).sort()), PATIENCE);
    await eventually(
      async () => expect(await endpoint.ask('GET', '/statistics')).toMatchObject({ deliveries: { scheduled: 0, sending: 0, dead: 0 } }),
      PATIENCE,
    );
  }, 90_000);

  it('gets a new secret, is disabled, and then told what it missed', async () => {
    const { secret } = await endpoint.ask('POST', '/rotate-secret', {});
    const seen = endpoint.requests.length;
    await endpoint.ask('POST', '/test', {});
    await eventually(() => expect(endpoint.requests).toHaveLength(seen + 1), PATIENCE);
    // Old and new secret both sign for a day.
    for (const each of [undefined, String(secret)]) expect(endpoint.received(each, seen)).toMatchObject([{ event: 'webhook.test' }]);

    expect(await endpoint.ask('POST', '/disable')).toMatchObject({ state: 'disabled', disabledReason: 'manual' });
    const order = await new PersistentPayer(test, () => 'tok_success').pay('while-disabled');
    const missed = await eventually(async () => {
      const dead = await endpoint.deliveries('dead');
      expect(dead).toContainEqual(
        expect.objectContaining({ transactionId: order.transactionId, status: 1, lastError: 'endpoint_disabled' }),
      );
      return dead.length;
    }, PATIENCE);
    expect(paid()).not.toContain(order.transactionId);

    await endpoint.ask('POST', '/enable');
    const { id } = await endpoint.replayFailed();
    await eventually(async () => expect(await endpoint.replay(String(id))).toMatchObject({ state: 'completed' }), PATIENCE);
    await eventually(() => expect(paid()).toContain(order.transactionId), PATIENCE);
    expect(missed).toBeGreaterThan(0);
  }, 120_000);
});

describe('a refund during which main-backend dies', () => {
  it.each([
    { moment: 'before the provider is called', fault: 'exit-after-refund-written' },
    { moment: 'when the provider has said yes', fault: 'exit-after-provider-refund' },
  ])(
    '$moment sends the money back once',
    async ({ fault }) => {
      const order = orders.pop()!;
      const payer = new PersistentPayer(test, () => 'tok_success');
      const main = test.stack.process('main-backend');
      await main.kill();
      await main.start({ PAYGATE_FAULT: fault });
      const refunding = payer.refund(order);
      await eventually(() => expect(main.isRunning()).toBe(false), { timeoutMs: 60_000 });
      // What may still be on its way to the provider is not sent again before its time is over.
      await main.start({ PROVIDER_TIMEOUT_MS: '2000', RECONCILE_AFTER_MS: '1000', SANDBOX_DEBIT_DELAY_MS: '100' });
      const refundId = await refunding;
      await eventually(
        async () => expect(await payer.read(`/v1/refunds/${refundId}`)).toMatchObject({ status: 'succeeded', amount: 4900 }),
        {
          timeoutMs: 60_000,
          everyMs: 250,
        },
      );
      expect(await payer.read(`/v1/transactions/${order.transactionId}`)).toMatchObject({ status: 'refunded', refundedAmount: 4900 });
      expect(await refundsAtProvider(order)).toEqual([{ refundId, status: 'paid_out', amount: 4900 }]);
      await eventually(
        async () =>
          expect(await payer.read(`/v1/transactions/${order.transactionId}/tax-records`)).toMatchObject({
            taxRecords: [
              { sourceKind: 'refund', sourceId: refundId, net: -4118, tax: -782 },
              { sourceKind: 'transaction', net: 4118, tax: 782 },
            ],
          }),
        { timeoutMs: 30_000, everyMs: 250 },
      );
      await eventually(
        () =>
          expect(
            received()
              .filter(({ id }) => id === order.transactionId)
              .map(({ status }) => status),
          ).toContain(REFUNDED),
        {
          timeoutMs: 30_000,
        },
      );
    },
    180_000,
  );
});

async function enableTax({ stack, seed }: TestStack): Promise<void> {
  const { status } = await fetch(`${stack.adminApiUrl}/v1/organizations/settings/tax`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${seed.adminAccessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ enabled: true, sellerCountry: 'DE' }),
  });
  expect(status).toBe(200);
}

async function refundsAtProvider({ transactionId }: PaidOrder): Promise<object[]> {
  const client = await new MongoClient(test.stack.urls.mongo).connect();
  try {
    const refunds = client.db('paygate_main').collection('sandbox_refunds').find({ transactionId });
    return await refunds.map(({ refundId, status, amount }) => ({ refundId, status, amount })).toArray();
  } finally {
    await client.close();
  }
}

function received(): Notification[] {
  return test.shop.requests
    .filter((request) => request.path === '/ipn')
    .map((request) => {
      const body = request.rawBody.toString();
      return { ...(JSON.parse(body) as Omit<Notification, 'body'>), body };
    });
}

function successes(): Notification[] {
  return received().filter((notification) => notification.status === 1);
}

async function payWhileThingsDie(running: TestStack): Promise<PaidOrder[]> {
  const payer = new PersistentPayer(running, () => 'tok_success');
  const done: PaidOrder[] = [];
  const kills = [...KILLS];
  let next = 0;
  let restarting: Promise<void> = Promise.resolve();
  const worker = async (): Promise<void> => {
    while (next < PAYMENTS) {
      const number = next++;
      done.push(await payer.pay(`crash-${number}`));
      const due = kills[0];
      if (due && done.length >= due.after) {
        kills.shift();
        restarting = restarting.then(() => killAndRestart(running, due.victim, due.restartWith));
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  await restarting;
  // The fault may have ended main-backend once more; it is up for the checks.
  const main = running.stack.process('main-backend');
  if (!main.isRunning()) await main.start();
  return done;
}

async function killAndRestart(running: TestStack, victim: ProcessName, env?: Readonly<Record<string, string>>): Promise<void> {
  const process = running.stack.process(victim);
  await process.kill();
  await process.start(env);
  if (env) {
    // The process ends itself inside the gap; only then is the point of the exercise reached.
    await eventually(() => expect(process.isRunning()).toBe(false), { timeoutMs: 60_000 });
    await process.start();
  }
}
