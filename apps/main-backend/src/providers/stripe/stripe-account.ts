import { DomainError } from '@paygate/kernel';
import type { ProviderAccount } from '../provider-adapter.js';
import type { StripeAccess } from './stripe-client.js';

const STRIPE_API = 'https://api.stripe.com';

/** An account with everything a payment needs. */
export interface StripeAccount extends StripeAccess {
  readonly publishableKey: string;
}

/** Undefined when the account does not say enough to take a payment. */
export function accountOf({ credentials }: ProviderAccount): StripeAccount | undefined {
  const { baseUrl = STRIPE_API, secretKey, publishableKey } = credentials;
  if (!secretKey || !publishableKey || !URL.canParse(baseUrl)) return undefined;
  return { baseUrl, secretKey, publishableKey };
}

/** @throws DomainError provider_error */
export function requireAccount(account: ProviderAccount): StripeAccount {
  const access = accountOf(account);
  if (!access) throw new DomainError('provider_error', 'The payment provider is not configured completely.');
  return access;
}
