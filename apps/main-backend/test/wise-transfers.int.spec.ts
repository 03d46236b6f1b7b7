import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { getTransaction, listBankReceipts } from '@paygate/messages';
import { spacedReference, transferReference } from '@paygate/payments-domain';
import { eventually } from '@paygate/testing';
import { ProviderHttp } from '../src/providers/index.js';
import { WiseAdapter } from '../src/providers/wise/index.js';
import { StartPayment } from '../src/transactions/index.js';
import { ReconcilePayments } from '../src/transactions/reconcile-payments.js';
import { WiseFake } from './fakes/wise/wise-fake.js';
import { MainStack } from './support/main-stack.js';

let wise: WiseFake;
let stack: MainStack;

beforeAll(async () => {
  wise = await WiseFake.start();
  stack = await MainStack.start({}, { adapters: [new WiseAdapter({ http: new ProviderHttp({ allowPrivateTargets: true }) })] });
}, 60_000);

afterAll(async () => {
  await stack.stop();
  await wise.stop();
});

it('money told of by Wise pays for what it names, once, however often and in whatever parts it is told', async () => {
  const credentials = wise.newProfile();
  const merchant = await stack.newMerchant({ provider: { type: 'wise', label: 'Wise' }, credentials });
  const { sessionPublicId } = await stack.createCheckout(merchant);
  const { transactionId } = await stack.app.get(StartPayment).execute({ sessionPublicId, providerId: merchant.providerId });
  const tenant = { organizationId: merchant.organizationId, livemode: false };
  const notify = async (body: object): Promise<number> => {
    const rawBody = Buffer.from(JSON.stringify(body));
    const headers = { 'content-type': 'application/json', ...wise.sign(rawBody) };
    return (await fetch(`${stack.url}/hooks/wise/${merchant.providerId}`, { method: 'POST', headers, body: rawBody })).status;
  };

  const text = spacedReference(transferReference(transactionId)).toLowerCase();
  const first = wise.deposit(credentials.apiToken, 19, 'EUR', text);
  const second = wise.deposit(credentials.apiToken, 30, 'EUR', `${text} the rest`);
  const foreign = wise.deposit(credentials.apiToken, 5, 'EUR', 'no reference');
  const statuses = await Promise.all([second, first, foreign, second, first].map(notify));
  expect(new Set(statuses)).toEqual(new Set([200]));

  await eventually(async () => {
    const transaction = await stack.rpc.request(getTransaction, { ...tenant, transactionId });
    expect(transaction).toMatchObject({ status: 'succeeded', receivedAmount: 4900, eventVersion: 3 });
    const { items } = await stack.rpc.request(listBankReceipts, { ...tenant, page: 1, limit: 50 });
    expect(items.map(({ state, amount }) => `${amount} ${state}`).sort()).toEqual(['1900 assigned', '3000 assigned', '500 unassigned']);
  });

  expect((await stack.eventsOf(transactionId)).map(({ status }) => status)).toEqual(['initiated', 'pending_provider', 'succeeded']);

  const forged = { 'content-type': 'application/json', 'x-signature-sha256': 'AAAA' };
  const answer = await fetch(`${stack.url}/hooks/wise/${merchant.providerId}`, { method: 'POST', headers: forged, body: '{}' });
  expect(answer.status).toBe(400);
});

it('money no notification told of is found when open payments are looked at, with one question for all of them', async () => {
  const credentials = wise.newProfile();
  const merchant = await stack.newMerchant({ provider: { type: 'wise', label: 'Wise' }, credentials });
  const pay = async (): Promise<string> => {
    const { sessionPublicId } = await stack.createCheckout(merchant);
    return (await stack.app.get(StartPayment).execute({ sessionPublicId, providerId: merchant.providerId })).transactionId;
  };
  const [paid, partly, waiting] = [await pay(), await pay(), await pay()];
  wise.deposit(credentials.apiToken, 49, 'EUR', transferReference(paid));
  wise.deposit(credentials.apiToken, 10, 'EUR', transferReference(partly));
  const statements = (): number =>
    wise.requests.filter((url) => url.includes(`/profiles/${credentials.profileId}/balance-statements/`)).length;
  const look = async (): Promise<void> => {
    stack.clock.advance(2 * 3_600_000);
    await stack.app.get(ReconcilePayments).execute();
  };

  wise.mishap = 'authentication_needed';
  await look();
  wise.mishap = undefined;
  const before = statements();
  await look();
  expect(statements()).toBe(before + 1);
  const now = (transactionId: string) =>
    stack.rpc.request(getTransaction, { organizationId: merchant.organizationId, livemode: false, transactionId });
  expect(await now(paid)).toMatchObject({ status: 'succeeded', receivedAmount: 4900 });
  expect(await now(partly)).toMatchObject({ status: 'pending_provider', receivedAmount: 1000 });
  expect(await now(waiting)).toMatchObject({ status: 'pending_provider' });
  expect((await stack.eventsOf(paid)).at(-1)).toMatchObject({ status: 'succeeded' });

  await look();
  expect((await now(partly)).receivedAmount).toBe(1000);
});
