import { freePort, IpnReceiver } from '@paygate/testing';
import { ProviderHttp } from '../src/providers/index.js';
import { PaypalAdapter } from '../src/providers/paypal/index.js';
import { FakePaypal } from './fakes/paypal/fake-paypal.js';
import { ALL_TRAITS, describeProviderAdapter } from './support/provider-adapter.contract.js';
import type { AdapterUnderTest, BuyerDeed, Told } from './support/provider-adapter.contract.js';

const CAPTURES = {
  pays: 'completed',
  is_declined: 'declined',
  orders_debit: 'later',
  orders_failing_debit: 'later',
} as const satisfies Record<BuyerDeed, string>;

const TYPES: Readonly<Record<string, RegExp>> = {
  'payment succeeded': /^PAYMENT\.CAPTURE\.COMPLETED$/,
  'payment failed': /^PAYMENT\.CAPTURE\.DENIED$/,
  'refund succeeded': /^PAYMENT\.CAPTURE\.REFUNDED$/,
  'dispute open': /^CUSTOMER\.DISPUTE\.CREATED$/,
  'dispute won': /^CUSTOMER\.DISPUTE\.RESOLVED$/,
  'dispute lost': /^CUSTOMER\.DISPUTE\.RESOLVED$/,
};

describeProviderAdapter(
  'the PayPal adapter',
  async (): Promise<AdapterUnderTest> => {
    const paypal = await FakePaypal.start();
    const silent = await IpnReceiver.start();
    silent.reply({ status: 200, delayMs: 60_000 });
    const account = paypal.newAccount();
    const { credentials } = account;
    const nobody = await freePort();
    const adapter = new PaypalAdapter({ http: new ProviderHttp({ allowPrivateTargets: true }), timeoutMs: 3_000, busyDelayMs: 20 });
    const merchant = paypal.merchantOf(account);
    const disputes = new Map<string, string>();
    return {
      adapter,
      account,
      otherAccount: paypal.newAccount(),
      wrongKeyAccount: { ...account, credentials: { ...credentials, clientSecret: 'secret-of-another-app' } },
      silentAccount: { ...account, credentials: { ...credentials, baseUrl: silent.url } },
      unreachableAccount: { ...account, credentials: { ...credentials, baseUrl: `http://127.0.0.1:${nobody}` } },
      buyer: async (reference, does) => {
        merchant.captures = CAPTURES[does];
        merchant.approve(reference);
        // The buyer comes back, and we take the money.
        await adapter.completePayment(account, { transactionId: merchant.order(reference).custom_id ?? '', reference });
        if (does === 'orders_debit') merchant.decidedAfterLook.set(reference, 'COMPLETED');
        if (does === 'orders_failing_debit') merchant.decidedAfterLook.set(reference, 'DECLINED');
      },
      bank: {
        disputes: (reference) => later(() => void disputes.set(reference, merchant.dispute(reference).dispute_id)),
        decides: (reference, word) => {
          const outcome_code = word === 'won' ? 'RESOLVED_SELLER_FAVOUR' : 'RESOLVED_BUYER_FAVOUR';
          return later(() =>
            merchant.changeDispute(disputes.get(reference) ?? '', { status: 'RESOLVED', dispute_outcome: { outcome_code } }),
          );
        },
      },
      notification: (reference, told) => later(() => sentAbout(paypal, reference, told)),
      sign: (of, rawBody) => paypal.sign(of, rawBody),
      stop: async () => {
        await paypal.stop();
        await silent.stop();
      },
    };
  },
  { ...ALL_TRAITS, findsByTransaction: false, currencies: ['EUR', 'JPY'] },
);

function later<T>(work: () => T): Promise<T> {
  return Promise.resolve().then(work);
}

/** The newest notification of this kind that has to do with the order's capture. */
function sentAbout(paypal: FakePaypal, reference: string, told: Told): FakePaypal['sent'][number] {
  const captureId = paypal.sent.map(({ merchant }) => merchant.orders.get(reference)?.captures[0]?.id).find((id) => id !== undefined);
  const found = paypal.sent.findLast(
    ({ type, resource }) => TYPES[`${told.kind} ${told.word}`]?.test(type) && JSON.stringify(resource).includes(captureId ?? reference),
  );
  if (!found) throw new Error('PayPal sent no such notification');
  return found;
}
