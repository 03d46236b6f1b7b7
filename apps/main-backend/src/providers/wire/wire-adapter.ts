import { DomainError } from '@paygate/kernel';
import { epcText, isIban, transferReference } from '@paygate/payments-domain';
import { ProviderRefusal } from '../provider-adapter.js';
import type {
  BankTransfer,
  ConnectionCheck,
  PaymentRequest,
  PaymentWanted,
  ProviderAccount,
  ProviderAdapter,
  ProviderPayment,
} from '../provider-adapter.js';

const INCOMPLETE = {
  code: 'provider_credentials',
  message: 'The bank account is not complete, or the check digits of its IBAN do not fit.',
};

/**
 * A bank transfer to the merchant's own account. There is nobody to ask: the payment is what we told the buyer, and people
 * or bank statements say that the money came. Credentials: `bankName`, `accountHolder`, `iban`, `bic`, and optionally
 * `referenceInstructions`.
 */
export class WireAdapter implements ProviderAdapter {
  readonly type = 'wire';
  readonly decidedByOperator = true;

  createPayment(account: ProviderAccount, request: PaymentRequest): Promise<ProviderPayment> {
    const payment = paymentOf(account, request, 'pending');
    return payment ? Promise.resolve(payment) : Promise.reject(new ProviderRefusal(INCOMPLETE));
  }

  /** Nothing is kept here, so what is looked up has to be said; a reference alone finds nothing. */
  lookUpPayment(account: ProviderAccount, wanted: PaymentWanted): Promise<ProviderPayment | undefined> {
    if (!isKnown(wanted)) return Promise.resolve(undefined);
    const payment = paymentOf(account, wanted, 'pending');
    return payment ? Promise.resolve(payment) : Promise.reject(new DomainError('provider_error', INCOMPLETE.message));
  }

  /** The buyer chooses something else. Money that is on its way all the same is shown to the operator when it arrives. */
  cancelPayment(account: ProviderAccount, _reference: string, wanted?: PaymentWanted): Promise<ProviderPayment> {
    const payment = wanted && isKnown(wanted) ? paymentOf(account, wanted, 'cancelled') : undefined;
    return payment ? Promise.resolve(payment) : Promise.reject(new DomainError('provider_error', INCOMPLETE.message));
  }

  checkConnection(account: ProviderAccount): Promise<ConnectionCheck> {
    return Promise.resolve(
      bankAccountOf(account)
        ? { code: 'ok', message: 'The bank account is complete and its check digits fit. Nobody was asked.' }
        : { code: 'credentials_rejected', message: INCOMPLETE.message },
    );
  }

  /** Banks send us nothing. */
  readEvents(): readonly never[] {
    throw new DomainError('webhook_payload_invalid', 'Bank transfers have no notifications.');
  }
}

interface Known {
  readonly transactionId: string;
  readonly amount: number;
  readonly currency: string;
}

function isKnown(wanted: PaymentWanted): wanted is PaymentWanted & Known {
  return wanted.amount !== undefined && wanted.currency !== undefined;
}

function paymentOf(
  account: ProviderAccount,
  { transactionId, amount, currency }: Known,
  word: 'pending' | 'cancelled',
): ProviderPayment | undefined {
  const bank = bankAccountOf(account);
  if (!bank) return undefined;
  const reference = transferReference(transactionId);
  const { accountHolder, iban, bic } = bank;
  const transfer = { ...bank, reference, epcText: epcText({ accountHolder, iban, bic, amount, currency, reference }) };
  return {
    reference,
    transactionId,
    word,
    amount,
    currency,
    redirectUrl: undefined,
    ...(word === 'pending' ? { handOff: { kind: 'bank_transfer', transfer } } : {}),
    method: { type: 'bank_transfer' },
  };
}

function bankAccountOf({ credentials }: ProviderAccount): (Omit<BankTransfer, 'reference'> & { iban: string }) | undefined {
  const { accountHolder, bankName, iban, bic, referenceInstructions: instructions } = credentials;
  return accountHolder && iban && isIban(iban) ? { accountHolder, bankName, iban, bic, instructions } : undefined;
}
