import { createHmac } from 'node:crypto';
import { freePort, IpnReceiver } from '@paygate/testing';
import { ProviderHttp } from '../src/providers/index.js';
import { SandboxAdapter } from '../src/providers/sandbox/index.js';
import { readEventBody } from '../src/providers/sandbox/sandbox-translation.js';
import type { ProviderSubject } from '../src/providers/index.js';
import { ALL_TRAITS, describeProviderAdapter } from './support/provider-adapter.contract.js';
import type { AdapterUnderTest, Told } from './support/provider-adapter.contract.js';
import { SandboxServer } from './support/sandbox-server.js';

const TOKENS = {
  pays: 'tok_success',
  is_declined: 'tok_declined',
  orders_debit: 'tok_debit_success',
  orders_failing_debit: 'tok_debit_failed',
} as const;

describeProviderAdapter(
  'the sandbox adapter',
  async (): Promise<AdapterUnderTest> => {
    const hooks = await IpnReceiver.start();
    const silent = await IpnReceiver.start();
    silent.reply({ status: 200, delayMs: 60_000 });
    const server = await SandboxServer.start({ HOOKS_PUBLIC_URL: hooks.url, SANDBOX_DEBIT_DELAY_MS: 300 });
    const account = server.newAccount({ webhookUrl: `${hooks.url}/hooks/sandbox/p1` });
    const { credentials } = account;
    const nobody = await freePort();
    return {
      adapter: new SandboxAdapter({ http: new ProviderHttp({ allowPrivateTargets: true }), timeoutMs: 5_000 }),
      account,
      otherAccount: server.newAccount(),
      wrongKeyAccount: { ...account, credentials: { ...credentials, secretKey: 'pk_of_another_provider' } },
      silentAccount: { ...account, credentials: { ...credentials, baseUrl: `${silent.url}/sandbox` } },
      unreachableAccount: { ...account, credentials: { ...credentials, baseUrl: `http://127.0.0.1:${nobody}/sandbox` } },
      buyer: (reference, does) => server.simulate(account, reference, TOKENS[does]),
      bank: {
        disputes: (reference) => server.post(account, `/payments/${reference}/disputes`, {}),
        decides: async (reference, word) => {
          const answer = await server.api(account, 'GET', `/${reference}/disputes`);
          const { disputes } = (await answer.json()) as { disputes: { id: string }[] };
          const status = word === 'won' ? 'merchant_won' : 'buyer_won';
          await server.post(account, `/disputes/${disputes[0]?.id ?? ''}/simulate`, { status });
        },
      },
      notification: async (reference, told) =>
        hooks.next(({ rawBody }) => {
          const subject = readEventBody(JSON.parse(rawBody.toString()))?.subject;
          return subject !== undefined && isAbout(subject, reference, told);
        }),
      sign: ({ credentials: { webhookSecret = '' } }, rawBody) => {
        const seconds = Math.floor(Date.now() / 1000);
        const mac = createHmac('sha256', webhookSecret).update(`${seconds}.`).update(rawBody).digest('hex');
        return { 'sandbox-signature': `t=${seconds},v1=${mac}` };
      },
      stop: async () => {
        await server.stop();
        await hooks.stop();
        await silent.stop();
      },
    };
  },
  ALL_TRAITS,
);

function isAbout(subject: ProviderSubject, reference: string, told: Told): boolean {
  if (subject.kind !== told.kind) return false;
  switch (subject.kind) {
    case 'payment':
      return subject.payment.reference === reference && subject.payment.word === told.word;
    case 'refund':
      return subject.refund.paymentReference === reference && subject.refund.word === told.word;
    case 'dispute':
      return subject.dispute.paymentReference === reference && subject.dispute.word === told.word;
  }
}
