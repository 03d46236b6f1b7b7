import { freePort, IpnReceiver } from '@paygate/testing';
import { ProviderHttp } from '../src/providers/index.js';
import type { ProviderAccount } from '../src/providers/index.js';
import { StripeAdapter } from '../src/providers/stripe/index.js';
import { disputeWord, paymentWord, refundWord } from '../src/providers/stripe/stripe-translation.js';
import { FakeStripe, newStripeAccount } from './fakes/stripe/index.js';
import type { FakeEvent } from './fakes/stripe/index.js';
import { describeProviderAdapter } from './support/provider-adapter.contract.js';
import type { AdapterUnderTest, Told } from './support/provider-adapter.contract.js';

describeProviderAdapter(
  'the Stripe adapter',
  async (): Promise<AdapterUnderTest> => {
    const stripe = await FakeStripe.start();
    const silent = await IpnReceiver.start();
    silent.reply({ status: 200, delayMs: 60_000 });
    const [account, otherAccount] = [newStripeAccount(stripe.url), newStripeAccount(stripe.url)];
    const state = stripe.register(account.credentials['secretKey'] ?? '');
    stripe.register(otherAccount.credentials['secretKey'] ?? '');
    const at = (baseUrl: string): ProviderAccount => ({ ...account, credentials: { ...account.credentials, baseUrl } });
    const sign = ({ credentials }: ProviderAccount, rawBody: Buffer) => ({
      'stripe-signature': stripe.sign(rawBody, [credentials['webhookSecret'] ?? '']),
    });
    return {
      adapter: new StripeAdapter({ http: new ProviderHttp({ allowPrivateTargets: true }), timeoutMs: 2_000 }),
      account,
      otherAccount,
      wrongKeyAccount: { ...account, credentials: { ...account.credentials, secretKey: 'sk_test_nobodyknowsthiskey' } },
      silentAccount: at(silent.url),
      unreachableAccount: at(`http://127.0.0.1:${await freePort()}`),
      buyer: (reference, does) => {
        state.confirm(reference, does);
        return Promise.resolve();
      },
      bank: {
        disputes: (reference) => {
          state.dispute(reference);
          return Promise.resolve();
        },
        decides: (reference, word) => {
          const dispute = state.disputes.find(({ payment_intent }) => payment_intent === reference);
          state.moveDispute(dispute?.id ?? '', word);
          return Promise.resolve();
        },
      },
      notification: (reference, told) => {
        const event = state.events.findLast((candidate) => tells(candidate, reference, told));
        if (!event) return Promise.reject(new Error(`no event tells of ${reference} that it is ${told.word}`));
        const rawBody = Buffer.from(JSON.stringify(event));
        return Promise.resolve({ rawBody, headers: sign(account, rawBody) });
      },
      sign,
      stop: async () => {
        await stripe.stop();
        await silent.stop();
      },
    };
  },
  {
    goesOn: 'stripe_element',
    currencies: ['EUR', 'KWD'],
    buyers: ['pays', 'is_declined', 'orders_debit', 'orders_failing_debit'],
    notifies: 'signed',
    cancels: true,
    refunds: 'partial',
    disputes: true,
  },
);

function tells({ type, data }: FakeEvent, reference: string, { kind, word }: Told): boolean {
  const { id, object, payment_intent, status, last_payment_error } = data.object as Record<string, string>;
  switch (kind) {
    case 'payment':
      return object === 'payment_intent' && id === reference && paymentWord(status ?? '', Boolean(last_payment_error)) === word;
    case 'refund':
      return type.startsWith('refund.') && payment_intent === reference && refundWord(status ?? '') === word;
    case 'dispute':
      return object === 'dispute' && payment_intent === reference && disputeWord(status ?? '', true) === word;
  }
}
