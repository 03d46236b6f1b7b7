import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { getTransaction, listBankReceipts } from '@paygate/messages';
import { spacedReference, transferReference } from '@paygate/payments-domain';
import { eventually } from '@paygate/testing';
import { ProviderHttp } from '../src/providers/index.js';
import { WiseAdapter } from '../src/providers/wise/index.js';
import { StartPayment } from '../src/transactions/index.js';
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

  const forged = { 'content-type': 'application/json', 'x-signature-sha256': 'AAAA' };
  const answer = await fetch(`${stack.url}/hooks/wise/${merchant.providerId}`, { method: 'POST', headers: forged, body: '{}' });
  expect(answer.status).toBe(400);
});
