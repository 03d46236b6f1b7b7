import { generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { fastify } from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** What the next answers are instead of the usual ones. */
export type Mishap = 'rate_limited' | 'unavailable' | 'no_json' | 'authentication_needed';

interface Deposit {
  type: 'CREDIT';
  date: string;
  amount: { value: number; currency: string };
  details: { type: 'DEPOSIT'; description: string; senderName: string; senderAccount: string; paymentReference: string };
  referenceNumber: string;
}

/** A business with a multi-currency account. */
interface Profile {
  id: number;
  apiToken: string;
  /** Entries by balance. */
  balances: Map<number, Balance>;
}

interface Balance {
  currency: string;
  deposits: Deposit[];
}

const IBAN = { EUR: 'BE68 5390 0754 7034', GBP: 'GB29 NWBK 6016 1331 9268 19' } as const;
const ERROR = (code: string) => ({ errors: [{ code, message: code }] });

/** Behaves like the parts of Wise's API the adapter uses: bank details, balance statements, signed notifications. */
export class WiseFake {
  readonly requests: string[] = [];
  mishap: Mishap | undefined;
  private readonly profiles = new Map<string, Profile>();
  private readonly key: KeyObject;
  /** As an account's `webhookPublicKey`. */
  readonly publicKey: string;
  private count = 100;

  private constructor(private readonly server: FastifyInstance) {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    this.key = privateKey;
    this.publicKey = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
    server.addHook('onRequest', async (request, reply) => this.guard(request, reply));
    server.get('/v1/profiles/:id/account-details', () => bankDetails());
    server.get('/v4/profiles/:id/balances', (request, reply) => this.balances(request, reply));
    server.get('/v1/profiles/:id/balance-statements/:balance/statement.json', (request, reply) => this.statement(request, reply));
  }

  static async start(): Promise<WiseFake> {
    const server = fastify({ forceCloseConnections: true });
    const fake = new WiseFake(server);
    await server.listen({ port: 0, host: '127.0.0.1' });
    return fake;
  }

  get baseUrl(): string {
    const address = this.server.server.address();
    return `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
  }

  async stop(): Promise<void> {
    await this.server.close();
  }

  /** Credentials of a new business, with balances in EUR and GBP. */
  newProfile(): { apiToken: string; profileId: string; baseUrl: string; webhookPublicKey: string } {
    const id = (this.count += 1);
    const apiToken = `token-of-profile-${id}`;
    const balance = (currency: string): [number, Balance] => [(this.count += 1), { currency, deposits: [] }];
    this.profiles.set(apiToken, { id, apiToken, balances: new Map([balance('EUR'), balance('GBP')]) });
    return { apiToken, profileId: String(id), baseUrl: this.baseUrl, webhookPublicKey: this.publicKey };
  }

  /** Somebody sends money. @returns the notification of it, as Wise sends it */
  deposit(apiToken: string, value: number, currency: string, paymentReference: string): object {
    const profile = this.profiles.get(apiToken);
    const [id, balance] = [...(profile?.balances ?? [])].find(([, account]) => account.currency === currency) ?? [];
    if (!profile || id === undefined || !balance) throw new Error('there is no such balance');
    const date = new Date().toISOString();
    balance.deposits.unshift({
      type: 'CREDIT',
      date,
      amount: { value, currency },
      details: {
        type: 'DEPOSIT',
        description: `Received money from ADA LOVELACE with reference ${paymentReference}`,
        senderName: 'ADA LOVELACE',
        senderAccount: 'NL91 ABNA 0417 1643 00 ',
        paymentReference,
      },
      referenceNumber: `TRANSFER-${(this.count += 1)}`,
    });
    return {
      data: {
        resource: { id, profile_id: profile.id, type: 'balance-account' },
        transaction_type: 'credit',
        amount: value,
        currency,
        post_transaction_balance_amount: value,
        occurred_at: date,
      },
      subscription_id: '01234567-89ab-cdef-0123-456789abcdef',
      event_type: 'balances#credit',
      schema_version: '2.0.0',
      sent_at: date,
    };
  }

  sign(rawBody: Buffer): Record<string, string> {
    return { 'x-signature-sha256': sign('sha256', rawBody, this.key).toString('base64'), 'x-delivery-id': `delivery-${(this.count += 1)}` };
  }

  private async guard(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    this.requests.push(request.url);
    if (this.mishap === 'rate_limited') return reply.code(429).send(ERROR('rate.limit'));
    if (this.mishap === 'unavailable') return reply.code(503).send('upstream');
    if (this.mishap === 'no_json') return reply.code(200).send('<html>');
    const profile = this.profiles.get((request.headers.authorization ?? '').replace('Bearer ', ''));
    if (!profile) return reply.code(401).send({ error: 'unauthorized' });
    if ((request.params as { id: string }).id !== String(profile.id)) return reply.code(403).send(ERROR('profile.forbidden'));
  }

  private balances(request: FastifyRequest, reply: FastifyReply): object {
    if ((request.query as { types?: string }).types !== 'STANDARD') return reply.code(400).send(ERROR('types.invalid'));
    const profile = this.profileOf(request);
    return [...(profile?.balances ?? [])].map(([id, { currency }]) => ({ id, currency, type: 'STANDARD', name: null, visible: true }));
  }

  private profileOf(request: FastifyRequest): Profile | undefined {
    const { id: wanted } = request.params as { id: string };
    return [...this.profiles.values()].find(({ id }) => String(id) === wanted);
  }

  private statement(request: FastifyRequest, reply: FastifyReply): object {
    if (this.mishap === 'authentication_needed') {
      return reply.code(403).header('x-2fa-approval', 'one-time-token').header('x-2fa-approval-result', 'REJECTED').send();
    }
    const { intervalStart = '', intervalEnd = '', currency = '' } = request.query as Record<string, string>;
    const [from, to] = [Date.parse(intervalStart), Date.parse(intervalEnd)];
    if (!(to > from) || to - from > 469 * 24 * 3_600_000) return reply.code(400).send(ERROR('interval.invalid'));
    const balance = this.profileOf(request)?.balances.get(Number((request.params as { balance: string }).balance));
    if (!balance || balance.currency !== currency) return reply.code(404).send(ERROR('balance.not-found'));
    const within = balance.deposits.filter(({ date }) => Date.parse(date) >= from && Date.parse(date) <= to);
    const conversion = { ...debit(currency), type: 'CREDIT', details: { type: 'CONVERSION', description: 'Converted' } };
    return { transactions: [...within, debit(currency), conversion], query: request.query };
  }
}

function debit(currency: string): object {
  return {
    type: 'DEBIT',
    date: new Date().toISOString(),
    amount: { value: -7.76, currency },
    details: { type: 'CARD', description: 'Card transaction' },
    referenceNumber: 'CARD-249281',
  };
}

function bankDetails(): object[] {
  const issued = Object.entries(IBAN).map(([code, iban], index) => ({
    id: 14000001 + index,
    currency: { code, name: code },
    title: `Your ${code} account details`,
    status: 'ACTIVE',
    deprecated: false,
    receiveOptions: [
      {
        type: 'LOCAL',
        details: [
          { type: 'ACCOUNT_HOLDER', title: 'Account holder', body: 'Example Ltd', hidden: false },
          { type: 'SWIFT_CODE', title: 'Swift/BIC', body: 'TRWIBEB1XXX', hidden: false },
          { type: 'IBAN', title: 'IBAN', body: iban, hidden: false },
          { type: 'ADDRESS', title: 'Address', body: 'Example Street 1', hidden: false },
        ],
      },
    ],
  }));
  return [...issued, { id: null, currency: { code: 'USD', name: 'USD' }, status: 'AVAILABLE', deprecated: false, receiveOptions: [] }];
}
