import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newObjectId } from '@paygate/kernel';
import { transferReference } from '@paygate/payments-domain';
import { freePort, IpnReceiver } from '@paygate/testing';
import { ProviderHttp, ProviderRefusal } from '../src/providers/index.js';
import type { ProviderAccount } from '../src/providers/index.js';
import { WiseAdapter } from '../src/providers/wise/index.js';
import { WiseFake } from './fakes/wise/wise-fake.js';
import type { Mishap } from './fakes/wise/wise-fake.js';
import { ALL_TRAITS, describeProviderAdapter } from './support/provider-adapter.contract.js';
import type { AdapterUnderTest } from './support/provider-adapter.contract.js';

const http = new ProviderHttp({ allowPrivateTargets: true });

function accountWith(credentials: Record<string, string>): ProviderAccount {
  return { id: 'provider', organizationId: 'organization', type: 'wise', livemode: false, credentials };
}

describeProviderAdapter(
  'the Wise adapter',
  async (): Promise<AdapterUnderTest> => {
    const wise = await WiseFake.start();
    // Other customers' keys are the same at Wise; here they differ, so that the suite can tell whose signature is taken.
    const stranger = await WiseFake.start();
    const silent = await IpnReceiver.start();
    silent.reply({ status: 200, delayMs: 60_000 });
    const credentials = wise.newProfile();
    const otherAccount = accountWith({ ...wise.newProfile(), webhookPublicKey: stranger.publicKey });
    let told: object = {};
    return {
      adapter: new WiseAdapter({ http }),
      account: accountWith(credentials),
      otherAccount,
      wrongKeyAccount: accountWith({ ...credentials, apiToken: 'token-of-nobody' }),
      silentAccount: accountWith({ ...credentials, baseUrl: silent.url }),
      unreachableAccount: accountWith({ ...credentials, baseUrl: `http://127.0.0.1:${await freePort()}` }),
      buyer: (reference) => {
        told = wise.deposit(credentials.apiToken, 49, 'EUR', reference);
        return Promise.resolve();
      },
      notification: () => {
        const rawBody = Buffer.from(JSON.stringify(told));
        return Promise.resolve({ rawBody, headers: wise.sign(rawBody) });
      },
      sign: (account, rawBody) => (account === otherAccount ? stranger : wise).sign(rawBody),
      stop: async () => {
        await Promise.all([wise.stop(), stranger.stop(), silent.stop()]);
      },
    };
  },
  {
    ...ALL_TRAITS,
    keeps: 'receipts',
    goesOn: 'bank_transfer',
    currencies: ['EUR', 'GBP'],
    buyers: [],
    cancels: false,
    refunds: 'none',
    disputes: false,
  },
);

describe('the Wise adapter', () => {
  const adapter = new WiseAdapter({ http });
  let wise: WiseFake;
  let credentials: ReturnType<WiseFake['newProfile']>;
  let account: ProviderAccount;

  beforeAll(async () => {
    wise = await WiseFake.start();
  });
  afterAll(async () => {
    await wise.stop();
  });
  beforeEach(() => {
    wise.mishap = undefined;
    credentials = wise.newProfile();
    account = accountWith(credentials);
  });

  const request = (currency = 'EUR') => ({
    transactionId: newObjectId(),
    amount: 4900,
    currency,
    description: 'Example Shop',
    returnUrl: 'https://pay.example.test/',
  });
  const read = (body: object, of = account) => {
    const rawBody = Buffer.from(JSON.stringify(body));
    return adapter.readEvents(of, rawBody, wise.sign(rawBody));
  };

  it('tells the buyer the details of the currency', async () => {
    const wanted = request();
    const reference = transferReference(wanted.transactionId);
    expect((await adapter.createPayment(account, wanted)).handOff).toEqual({
      kind: 'bank_transfer',
      transfer: {
        accountHolder: 'Example Ltd',
        iban: 'BE68539007547034',
        bic: 'TRWIBEB1XXX',
        reference,
        epcText: expect.stringContaining(`BE68539007547034\nEUR49.00\n\n${reference}`),
      },
    });
    expect((await adapter.createPayment(account, request('GBP'))).handOff).toMatchObject({ transfer: { epcText: undefined } });
  });

  it('refuses a currency without bank details, and a profile of somebody else', async () => {
    await expect(adapter.createPayment(account, request('USD'))).rejects.toMatchObject({ failure: { code: 'currency_not_supported' } });
    const stranger = accountWith({ ...credentials, profileId: wise.newProfile().profileId });
    await expect(adapter.createPayment(stranger, request())).rejects.toBeInstanceOf(ProviderRefusal);
  });

  it('answers a look-up with what we know, and lets the buyer give up', async () => {
    const wanted = request();
    const made = await adapter.createPayment(account, wanted);
    expect(await adapter.lookUpPayment(account, wanted)).toEqual(made);
    expect(await adapter.cancelPayment(account, made.reference, wanted)).toMatchObject({ reference: made.reference, word: 'cancelled' });
  });

  it('reads who sent money and what for, and tells the same twice as the same', async () => {
    const first = wise.deposit(credentials.apiToken, 49.05, 'EUR', 'rf18 kmnp');
    const second = wise.deposit(credentials.apiToken, 10, 'EUR', 'another');
    const events = await read(second);
    expect(events.map(({ subject }) => subject)).toMatchObject([
      { kind: 'receipt', receipt: { amount: 1000 } },
      { kind: 'receipt', receipt: { amount: 4905, currency: 'EUR', payerName: 'ADA LOVELACE', payerAccount: 'NL91 ABNA 0417 1643 00' } },
    ]);
    expect(events[1]?.subject).toMatchObject({ receipt: { text: expect.stringContaining('rf18 kmnp') } });
    expect((await read(first)).map(({ id }) => id)).toEqual(events.map(({ id }) => id));
  });

  it('takes no notice of other events, and asks for nothing then', async () => {
    const asked = wise.requests.length;
    const about = {
      resource: { id: 1, profile_id: Number(credentials.profileId), type: 'transfer' },
      occurred_at: new Date().toISOString(),
    };
    expect(await read({ event_type: 'transfers#state-change', data: about })).toEqual([]);
    expect(wise.requests.length).toBe(asked);
  });

  it('refuses what is signed rightly and is about another profile', async () => {
    const stranger = wise.newProfile();
    const told = wise.deposit(stranger.apiToken, 49, 'EUR', 'x');
    await expect(read(told)).rejects.toMatchObject({ code: 'webhook_payload_invalid' });
  });

  it.each(['', 'AAAA', 'not base64 at all!', 'x'.repeat(10_000)])('refuses the signature %p', async (signature) => {
    const rawBody = Buffer.from(JSON.stringify(wise.deposit(credentials.apiToken, 49, 'EUR', 'x')));
    await expect(adapter.readEvents(account, rawBody, { 'x-signature-sha256': signature })).rejects.toMatchObject({
      code: 'webhook_signature_invalid',
    });
  });

  it("takes Wise's own key when none is given", async () => {
    const { webhookPublicKey: _key, ...others } = credentials;
    const told = wise.deposit(credentials.apiToken, 49, 'EUR', 'x');
    await expect(read(told, accountWith(others))).rejects.toMatchObject({ code: 'webhook_signature_invalid' });
  });

  it.each<Mishap>(['rate_limited', 'unavailable', 'no_json', 'authentication_needed'])(
    '%s: the notification has to come again',
    async (mishap) => {
      const told = wise.deposit(credentials.apiToken, 49, 'EUR', 'x');
      wise.mishap = mishap;
      await expect(read(told)).rejects.toMatchObject({ code: 'provider_error' });
      wise.mishap = undefined;
      expect(await read(told)).toHaveLength(1);
    },
  );

  it('believes nobody when the key it was given is none', async () => {
    const told = wise.deposit(credentials.apiToken, 49, 'EUR', 'x');
    const code = 'webhook_signature_invalid';
    await expect(read(told, accountWith({ ...credentials, webhookPublicKey: 'bm8ga2V5' }))).rejects.toMatchObject({ code });
  });

  describe('asked for money that came', () => {
    const HOUR_MS = 3_600_000;
    const ask = (currency = 'EUR', ago = HOUR_MS) =>
      adapter.readReceipts(account, { currency, from: new Date(Date.now() - ago), to: new Date(Date.now() + HOUR_MS) });

    it('tells the same as a notification', async () => {
      const told = wise.deposit(credentials.apiToken, 49.05, 'EUR', 'rf18 kmnp');
      wise.deposit(credentials.apiToken, 7, 'GBP', 'of another currency');
      const events = await read(told);
      expect(await ask()).toEqual(events.map(({ subject }) => (subject?.kind === 'receipt' ? subject.receipt : undefined)));
      expect(await ask('USD')).toEqual([]);
    });

    it.each<Mishap>(['rate_limited', 'unavailable', 'no_json', 'authentication_needed'])(
      '%s: says that it does not know',
      async (mishap) => {
        wise.mishap = mishap;
        await expect(ask()).rejects.toMatchObject({ code: 'provider_error' });
      },
    );
  });

  it.each<Mishap>(['rate_limited', 'unavailable', 'no_json'])('%s leaves everything open', async (mishap) => {
    wise.mishap = mishap;
    await expect(adapter.createPayment(account, request())).rejects.toMatchObject({ code: 'provider_error' });
    await expect(adapter.checkConnection(account, AbortSignal.timeout(10_000))).rejects.toMatchObject({ code: 'provider_error' });
  });
});
