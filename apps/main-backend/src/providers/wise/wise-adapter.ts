import { DomainError } from '@paygate/kernel';
import { epcText, transferReference } from '@paygate/payments-domain';
import { ProviderRefusal } from '../provider-adapter.js';
import type {
  ConnectionCheck,
  HookHeaders,
  PaymentRequest,
  PaymentWanted,
  ProviderAccount,
  ProviderAdapter,
  ProviderEvent,
  ProviderPayment,
  ReceiptsWanted,
  ReceivedMoney,
} from '../provider-adapter.js';
import type { ProviderHttp } from '../provider-http.js';
import { WiseClient } from './wise-client.js';
import type { WiseAccess, WiseAnswer } from './wise-client.js';
import { isSignedByWise, wiseKey } from './wise-signature.js';
import { readBalanceId, readBankAccount, readDeposits, readNotification } from './wise-translation.js';
import type { WiseCredit } from './wise-translation.js';

const TIMEOUT_MS = 10_000;
const PRODUCTION = 'https://api.wise.com';
const SANDBOX = 'https://api.wise-sandbox.com';
/** An entry may be dated before the money was credited; what was read before is known again. */
const STATEMENT_BEFORE_MS = 7 * 24 * 3_600_000;
const STATEMENT_AFTER_MS = 24 * 3_600_000;

const ACCOUNT_DETAILS = 'v1/account-details';
const BALANCES = 'v4/balances?types=STANDARD';

const CREDENTIALS_REFUSED = { code: 'provider_credentials', message: 'Wise did not accept our credentials.' };
const NO_ACCOUNT = { code: 'currency_not_supported', message: 'The merchant has no bank details in this currency.' };

interface Known {
  readonly transactionId: string;
  readonly amount: number;
  readonly currency: string;
}

/**
 * Bank transfers to a Wise account. Wise gives the bank details and tells of money that came; it knows no payments, so which
 * payment was meant is found by the reference. Credentials: `apiToken`, `profileId`; optionally `baseUrl` and
 * `webhookPublicKey` (base64) of another installation of the API.
 */
export class WiseAdapter implements ProviderAdapter {
  readonly type = 'wise';
  readonly decidedByOperator = true;
  private readonly client: WiseClient;

  constructor({ http, timeoutMs = TIMEOUT_MS }: { http: Pick<ProviderHttp, 'request'>; timeoutMs?: number }) {
    this.client = new WiseClient(http, timeoutMs);
  }

  async createPayment(account: ProviderAccount, request: PaymentRequest): Promise<ProviderPayment> {
    const answer = await this.client.get(accessOf(account), ACCOUNT_DETAILS);
    if (isRefused(answer)) throw new ProviderRefusal(CREDENTIALS_REFUSED);
    const payment = paymentOf(answer, request);
    if (payment === 'none') throw new ProviderRefusal(NO_ACCOUNT);
    return payment;
  }

  /** There are no payments at Wise: what is looked up are the bank details, and how the payment stands is what we know. */
  async lookUpPayment(account: ProviderAccount, { transactionId, amount, currency }: PaymentWanted): Promise<ProviderPayment | undefined> {
    if (amount === undefined || currency === undefined) return undefined;
    const answer = await this.client.get(accessOf(account), ACCOUNT_DETAILS);
    if (isRefused(answer)) throw new DomainError('provider_error', CREDENTIALS_REFUSED.message);
    const payment = paymentOf(answer, { transactionId, amount, currency });
    return payment === 'none' ? bare({ transactionId, amount, currency }, 'pending') : payment;
  }

  /** The buyer chooses something else; there is nothing at Wise to cancel. */
  cancelPayment(_account: ProviderAccount, _reference: string, wanted?: PaymentWanted): Promise<ProviderPayment> {
    const { transactionId, amount, currency } = wanted ?? {};
    if (transactionId === undefined || amount === undefined || currency === undefined) {
      return Promise.reject(new DomainError('provider_error', 'Wise keeps no payments.'));
    }
    return Promise.resolve(bare({ transactionId, amount, currency }, 'cancelled'));
  }

  async checkConnection(account: ProviderAccount, signal: AbortSignal): Promise<ConnectionCheck> {
    const answer = await this.client.get(accessOf(account), ACCOUNT_DETAILS, signal);
    if (isRefused(answer)) return { code: 'credentials_rejected', message: 'Wise did not accept the token for this profile.' };
    if (answer.status !== 200 || !Array.isArray(answer.body)) throw unreadable(answer);
    return { code: 'ok', message: 'Wise accepted the token for this profile.' };
  }

  async readEvents(account: ProviderAccount, rawBody: Buffer, headers: HookHeaders): Promise<readonly ProviderEvent[]> {
    const signature = headers['x-signature-sha256'];
    const key = account.credentials['webhookPublicKey'] ?? wiseKey(account.livemode);
    if (typeof signature !== 'string' || !isSignedByWise(key, rawBody, signature)) throw new DomainError('webhook_signature_invalid');
    const credit = readNotification(parse(rawBody));
    if (!credit) throw new DomainError('webhook_payload_invalid');
    if (credit === 'other') return [];
    // Wise signs for all its customers with one key: whose money it is stands in the message alone.
    if (credit.profileId !== account.credentials['profileId']) {
      throw new DomainError('webhook_payload_invalid', 'The notification is about another profile.');
    }
    return this.depositEvents(account, credit);
  }

  async readReceipts(account: ProviderAccount, { currency, from, to }: ReceiptsWanted): Promise<readonly ReceivedMoney[]> {
    const answer = await this.client.get(accessOf(account), BALANCES);
    const balanceId = answer.status === 200 ? readBalanceId(answer.body, currency) : undefined;
    if (balanceId === undefined) throw unreadable(answer);
    return balanceId === 'none' ? [] : this.deposits(account, { balanceId: String(balanceId), currency, from, to });
  }

  /** The notification says that money came, the statement from whom and what for. */
  private async depositEvents(account: ProviderAccount, { balanceId, currency, occurredAt }: WiseCredit): Promise<ProviderEvent[]> {
    const from = new Date(occurredAt.getTime() - STATEMENT_BEFORE_MS);
    const to = new Date(occurredAt.getTime() + STATEMENT_AFTER_MS);
    const deposits = await this.deposits(account, { balanceId, currency, from, to });
    return deposits.map((receipt) => ({
      id: receipt.reference,
      type: 'deposit',
      occurredAt: receipt.occurredAt,
      subject: { kind: 'receipt', receipt },
    }));
  }

  private async deposits(
    account: ProviderAccount,
    { balanceId, currency, from, to }: ReceiptsWanted & { balanceId: string },
  ): Promise<readonly ReceivedMoney[]> {
    const query = new URLSearchParams({
      currency,
      intervalStart: from.toISOString(),
      intervalEnd: to.toISOString(),
      type: 'COMPACT',
    });
    const path = `v1/balance-statements/${encodeURIComponent(balanceId)}/statement.json?${query.toString()}`;
    const answer = await this.client.get(accessOf(account), path);
    const deposits = answer.status === 200 ? readDeposits(answer.body) : undefined;
    if (!deposits) throw unreadable(answer);
    return deposits;
  }
}

function accessOf({ livemode, credentials }: ProviderAccount): WiseAccess {
  const { baseUrl = livemode ? PRODUCTION : SANDBOX, apiToken = '', profileId = '' } = credentials;
  return { baseUrl, apiToken, profileId };
}

function paymentOf(answer: WiseAnswer, known: Known): ProviderPayment | 'none' {
  const bank = answer.status === 200 ? readBankAccount(answer.body, known.currency) : undefined;
  if (bank === undefined) throw unreadable(answer);
  if (bank === 'none') return 'none';
  const payment = bare(known, 'pending');
  const { iban } = bank;
  const code = iban === undefined ? undefined : epcText({ ...bank, ...known, iban, reference: payment.reference });
  return { ...payment, handOff: { kind: 'bank_transfer', transfer: { ...bank, reference: payment.reference, epcText: code } } };
}

function bare({ transactionId, amount, currency }: Known, word: 'pending' | 'cancelled'): ProviderPayment {
  const reference = transferReference(transactionId);
  return { reference, transactionId, word, amount, currency, redirectUrl: undefined, method: { type: 'bank_transfer' } };
}

function isRefused({ status }: WiseAnswer): boolean {
  return status === 401 || status === 403 || status === 404;
}

function unreadable({ status }: WiseAnswer): DomainError {
  return new DomainError('provider_error', `Wise gave an answer that cannot be used (status ${status}).`);
}

function parse(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString('utf8'));
  } catch {
    return undefined;
  }
}
