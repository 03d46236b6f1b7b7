import { DomainError } from '@paygate/kernel';
import { ProviderRefusal } from '../provider-adapter.js';
import { StripeRefused, wasNotSent } from './stripe-client.js';

export const CREDENTIALS_REFUSED = { code: 'provider_credentials', message: 'The payment provider did not accept our credentials.' };
export const AMOUNT_REFUSED = { code: 'amount_not_payable', message: 'The payment provider cannot take this amount in this currency.' };

/** For what was to be made: whatever says for certain that it was not becomes a refusal, the rest stays as it is. */
export function refusalOf(error: unknown, what: 'payment' | 'refund'): unknown {
  if (wasNotSent(error)) return new ProviderRefusal(CREDENTIALS_REFUSED);
  if (!(error instanceof StripeRefused)) return error;
  if (error.status === 401 || error.status === 403) return new ProviderRefusal(CREDENTIALS_REFUSED);
  // Read by the merchant and the buyer; what Stripe writes is for neither and may quote the request.
  const code = error.declineCode ?? error.code ?? 'refused';
  return new ProviderRefusal({ code, message: `The payment provider refused the ${what}.` });
}

/** For what was only asked: a refusal says nothing about what was asked for. */
export function openOutcome(error: unknown): unknown {
  return error instanceof StripeRefused
    ? new DomainError('provider_error', `The payment provider refused to answer: ${error.message}.`)
    : error;
}

/** Stripe's own word that there is no such thing; a bare 404 may come from elsewhere. */
export function isUnknownToStripe(error: unknown): boolean {
  return error instanceof StripeRefused && error.status === 404 && error.code === 'resource_missing';
}

/** Waits for an answer to what was only asked. @throws DomainError provider_error */
export async function asked<T>(answer: Promise<T>): Promise<T> {
  return answer.catch((error: unknown) => {
    throw openOutcome(error);
  });
}

/** As `asked`, and undefined for what Stripe does not know. */
export async function askedFor<T>(answer: Promise<T>): Promise<T | undefined> {
  return answer.catch((error: unknown) => {
    if (isUnknownToStripe(error)) return undefined;
    throw openOutcome(error);
  });
}

export function unreadable(): DomainError {
  return new DomainError('provider_error', 'The payment provider gave an answer that cannot be used.');
}

/** Stripe repeats its first answer to a key word for word; what it is about may have gone on since. */
export function isReplay({ lastResponse }: { lastResponse: { headers: Readonly<Record<string, string>> } }): boolean {
  return lastResponse.headers['idempotent-replayed'] === 'true';
}
