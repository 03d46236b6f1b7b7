import { DomainError } from '@paygate/kernel';
import type { ProviderAccount } from '../provider-adapter.js';

const LIVE = 'https://api-m.paypal.com';
const SANDBOX = 'https://api-m.sandbox.paypal.com';
/** Where certificates of notifications lie; PayPal names the older host in them. */
const CERTIFICATE_ORIGINS: Readonly<Record<string, readonly string[]>> = {
  [LIVE]: [LIVE, 'https://api.paypal.com'],
  [SANDBOX]: [SANDBOX, 'https://api.sandbox.paypal.com'],
};

/** What it takes to call PayPal for an account. */
export interface PaypalAccess {
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Undefined when the account does not say enough to send a request. */
export function paypalAccess({ livemode, credentials }: ProviderAccount): PaypalAccess | undefined {
  const { clientId, clientSecret, mode } = credentials;
  const live = mode === undefined ? livemode : mode === 'live';
  const baseUrl = (credentials['baseUrl'] ?? (live ? LIVE : SANDBOX)).replace(/\/+$/, '');
  return clientId && clientSecret && URL.canParse(baseUrl) ? { baseUrl, clientId, clientSecret } : undefined;
}

/**
 * Whether a certificate may be fetched from this address: only PayPal's own hosts of the account's mode are asked, or the one
 * the account names instead. Anybody can put any address into a notification.
 */
export function isCertificateAddress(address: string, { baseUrl }: PaypalAccess): boolean {
  if (!URL.canParse(address)) return false;
  const { origin, pathname, search, hash, username, password } = new URL(address);
  const allowed = CERTIFICATE_ORIGINS[baseUrl] ?? [new URL(baseUrl).origin];
  if (!allowed.includes(origin) || `${search}${hash}${username}${password}` !== '') return false;
  return /^\/v1\/notifications\/certs\/[A-Za-z0-9_-]+$/.test(pathname);
}

/** @throws DomainError provider_error when the account does not say enough */
export function requirePaypalAccess(account: ProviderAccount): PaypalAccess {
  const access = paypalAccess(account);
  if (!access) throw new DomainError('provider_error', 'The payment provider is not configured completely.');
  return access;
}
