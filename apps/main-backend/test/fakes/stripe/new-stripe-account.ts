import { randomBytes } from 'node:crypto';
import type { ProviderAccount } from '../../../src/providers/index.js';

/** A merchant's account at the fake, not yet known to it. */
export function newStripeAccount(baseUrl: string): ProviderAccount {
  const secret = () => randomBytes(12).toString('hex');
  return {
    id: 'provider',
    organizationId: 'organization',
    type: 'stripe',
    livemode: false,
    credentials: {
      baseUrl,
      secretKey: `sk_test_${secret()}`,
      publishableKey: `pk_test_${secret()}`,
      webhookSecret: `whsec_${secret()}`,
    },
  };
}
