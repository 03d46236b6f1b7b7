import { isCurrencyCode } from '@paygate/kernel';
import { line, lines, matching, oneOf, open, secret, WEB_ADDRESS } from './credential-field.js';
import type { CredentialField } from './credential-field.js';
import { canonicalIban, isIban } from './iban.js';

/** A kind of payment provider and what an account there consists of. */
export interface ProviderType {
  readonly type: string;
  readonly label: string;
  readonly supportsLive: boolean;
  readonly supportsTest: boolean;
  /** Whether this version can take payments through it. Accounts of other types can be entered, but are not offered to buyers. */
  readonly available: boolean;
  readonly fields: readonly CredentialField[];
}

const BOTH_MODES = { supportsLive: true, supportsTest: true } as const;
const SIGNING_SECRET = matching(
  /^[\x21-\x7e]{8,255}$/,
  'the secret the provider shows for its notifications, 8 to 255 characters without blanks',
);
const ID = matching(/^[A-Za-z0-9_-]{6,200}$/, '6 to 200 letters, digits, "_" or "-"');

/** For a proxy of the merchant's own, or a stand-in of the provider. */
const API_ADDRESS = open('baseUrl', 'Address of the API', WEB_ADDRESS, { optional: true });

/** Every type of provider, in the order in which people are shown them. */
export const PROVIDER_TYPES: readonly ProviderType[] = [
  {
    type: 'sandbox',
    label: 'Sandbox',
    supportsLive: false,
    supportsTest: true,
    available: true,
    fields: [
      // Every well-formed key is an account of its own at the simulator.
      secret(
        'secretKey',
        'Secret key',
        matching(/^sbx_[A-Za-z0-9_-]{8,128}$/, 'sbx_ and 8 to 128 letters, digits, "_" or "-", of your choice'),
      ),
      secret('webhookSecret', 'Signing secret of notifications', SIGNING_SECRET, { optional: true }),
      open('baseUrl', 'Address of the sandbox', WEB_ADDRESS, { optional: true }),
    ],
  },
  {
    type: 'stripe',
    label: 'Stripe',
    ...BOTH_MODES,
    available: true,
    fields: [
      secret(
        'secretKey',
        'Secret key',
        matching(/^(sk|rk)_(live|test)_[A-Za-z0-9]{10,240}$/, 'a Stripe key such as sk_live_… or rk_live_…'),
        {
          prefixes: { live: ['sk_live_', 'rk_live_'], test: ['sk_test_', 'rk_test_'] },
        },
      ),
      open('publishableKey', 'Publishable key', matching(/^pk_(live|test)_[A-Za-z0-9]{10,240}$/, 'a Stripe key such as pk_live_…'), {
        prefixes: { live: ['pk_live_'], test: ['pk_test_'] },
      }),
      // Known only once the address of our hook, with the provider's id in it, has been entered there.
      secret('webhookSecret', 'Signing secret of the webhook', matching(/^whsec_[A-Za-z0-9+/=_-]{8,240}$/, 'a secret such as whsec_…'), {
        optional: true,
      }),
      open('baseUrl', 'Address of the API', WEB_ADDRESS, { optional: true }),
    ],
  },
  {
    type: 'gocardless',
    label: 'GoCardless',
    ...BOTH_MODES,
    available: true,
    fields: [
      secret('accessToken', 'Access token', matching(/^(live|sandbox)_[A-Za-z0-9_-]{10,200}$/, 'a GoCardless token such as live_…'), {
        prefixes: { live: ['live_'], test: ['sandbox_'] },
      }),
      secret('webhookSecret', 'Secret of the webhook endpoint', SIGNING_SECRET, { optional: true }),
      open('environment', 'Environment', oneOf('live', 'sandbox'), { optional: true, prefixes: { live: ['live'], test: ['sandbox'] } }),
      API_ADDRESS,
    ],
  },
  {
    type: 'mollie',
    label: 'Mollie',
    ...BOTH_MODES,
    available: true,
    fields: [
      secret('apiKey', 'API key', matching(/^(live|test)_[A-Za-z0-9]{10,200}$/, 'a Mollie key such as live_…'), {
        prefixes: { live: ['live_'], test: ['test_'] },
      }),
      open('profileId', 'Profile id', matching(/^pfl_[A-Za-z0-9]{4,100}$/, 'a Mollie profile id such as pfl_…'), { optional: true }),
      open('cardComponents', 'Card fields on the checkout page', oneOf('true', 'false'), { optional: true }),
      API_ADDRESS,
    ],
  },
  {
    type: 'paypal',
    label: 'PayPal',
    ...BOTH_MODES,
    available: true,
    fields: [
      open('clientId', 'Client id', ID),
      secret('clientSecret', 'Client secret', ID),
      open('webhookId', 'Webhook id', ID, { optional: true }),
      open('mode', 'Mode', oneOf('live', 'sandbox'), { optional: true, prefixes: { live: ['live'], test: ['sandbox'] } }),
      open(
        'currency',
        'Currency of the card fields',
        { format: 'an ISO 4217 currency code, e.g. EUR', accepts: isCurrencyCode },
        { optional: true },
      ),
      open('baseUrl', 'Address of the API', WEB_ADDRESS, { optional: true }),
    ],
  },
  {
    type: 'wise',
    label: 'Wise',
    ...BOTH_MODES,
    available: true,
    fields: [
      secret('apiToken', 'API token', ID),
      open('profileId', 'Profile id', matching(/^\d{1,20}$/, 'a number of up to 20 digits')),
      API_ADDRESS,
      open('webhookPublicKey', 'Public key of notifications', matching(/^[A-Za-z0-9+/]{100,2000}={0,2}$/, 'a public key in base64'), {
        optional: true,
      }),
    ],
  },
  {
    type: 'wire',
    label: 'Bank transfer',
    ...BOTH_MODES,
    available: true,
    fields: [
      open('bankName', 'Bank', line(100)),
      open('accountHolder', 'Account holder', line(100)),
      open('iban', 'IBAN', { format: 'an IBAN whose check digits fit', accepts: isIban }, { canonical: canonicalIban }),
      open('bic', 'BIC', matching(/^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/, 'a BIC of 8 or 11 letters and digits'), {
        canonical: (text) => text.toUpperCase(),
      }),
      open('referenceInstructions', 'What the buyer is to write into the reference', lines(500), { optional: true }),
    ],
  },
];

const BY_NAME: ReadonlyMap<string, ProviderType> = new Map(PROVIDER_TYPES.map((entry) => [entry.type, entry]));

export function providerType(type: string): ProviderType | undefined {
  return BY_NAME.get(type);
}
