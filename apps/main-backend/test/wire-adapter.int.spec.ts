import { describe, expect, it } from '@jest/globals';
import { transferReference } from '@paygate/payments-domain';
import { WireAdapter } from '../src/providers/wire/index.js';
import type { ProviderAccount } from '../src/providers/index.js';
import { ALL_TRAITS, describeProviderAdapter } from './support/provider-adapter.contract.js';

const account: ProviderAccount = {
  id: '65f1a2b3c4d5e6f708192a01',
  organizationId: '65f1a2b3c4d5e6f708192a02',
  type: 'wire',
  livemode: false,
  credentials: {
    bankName: 'Example Bank',
    accountHolder: 'Example Ltd',
    iban: 'DE89370400440532013000',
    bic: 'COBADEFFXXX',
    referenceInstructions: 'Please write nothing but the reference.',
  },
};
const otherAccount = { ...account, id: '65f1a2b3c4d5e6f708192a03', credentials: { ...account.credentials, iban: 'NL91ABNA0417164300' } };
const brokenAccount = { ...account, credentials: { ...account.credentials, iban: 'DE89370400440532013001' } };
const nobody = (): never => {
  throw new Error('there is nobody behind a bank transfer');
};

describeProviderAdapter(
  'the wire adapter',
  () =>
    Promise.resolve({
      adapter: new WireAdapter(),
      account,
      otherAccount,
      wrongKeyAccount: brokenAccount,
      unreachableAccount: brokenAccount,
      silentAccount: brokenAccount,
      buyer: nobody,
      notification: nobody,
      sign: nobody,
      stop: () => Promise.resolve(),
    }),
  {
    ...ALL_TRAITS,
    keeps: 'nothing',
    goesOn: 'bank_transfer',
    buyers: [],
    notifies: 'none',
    cancels: false,
    refunds: 'none',
    disputes: false,
  },
);

describe('the wire adapter', () => {
  const adapter = new WireAdapter();
  const transactionId = '65f1a2b3c4d5e6f708192a3b';
  const reference = transferReference(transactionId);
  const request = { transactionId, amount: 4900, currency: 'EUR', description: 'Example Shop', returnUrl: 'https://pay.example.test/' };

  it('tells the buyer where the money goes', async () => {
    const { handOff } = await adapter.createPayment(account, request);
    expect(handOff).toEqual({
      kind: 'bank_transfer',
      transfer: {
        accountHolder: 'Example Ltd',
        bankName: 'Example Bank',
        iban: 'DE89370400440532013000',
        bic: 'COBADEFFXXX',
        reference,
        instructions: 'Please write nothing but the reference.',
        epcText: expect.stringContaining(`EUR49.00\n\n${reference}`),
      },
    });
  });

  it('has no QR code where SEPA does not go', async () => {
    const { handOff } = await adapter.createPayment(account, { ...request, currency: 'JPY' });
    expect(handOff).toMatchObject({ transfer: { epcText: undefined, reference } });
  });

  it('answers a look-up with what we know: the same payment, still pending', async () => {
    const made = await adapter.createPayment(account, request);
    expect(await adapter.lookUpPayment(account, { transactionId, amount: 4900, currency: 'EUR' })).toEqual(made);
    expect(await adapter.lookUpPayment(account, { transactionId })).toBeUndefined();
  });

  it('lets the buyer give up', async () => {
    const payment = await adapter.cancelPayment(account, reference, { transactionId, amount: 4900, currency: 'EUR' });
    expect(payment).toMatchObject({ reference, word: 'cancelled', amount: 4900 });
    expect(payment.handOff).toBeUndefined();
  });

  it('takes no notification', () => {
    expect(() => adapter.readEvents()).toThrow('Bank transfers have no notifications.');
  });

  it('notices an account it cannot use', async () => {
    await expect(adapter.lookUpPayment(brokenAccount, request)).rejects.toMatchObject({ code: 'provider_error' });
    await expect(adapter.cancelPayment(brokenAccount, reference, request)).rejects.toMatchObject({ code: 'provider_error' });
  });
});
