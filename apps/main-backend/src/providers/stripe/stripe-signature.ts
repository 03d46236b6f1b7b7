import Stripe from 'stripe';

/** How old a notification may be: older ones could be replayed. */
export const SIGNATURE_TOLERANCE_S = 300;

/**
 * Checks a `Stripe-Signature` header against the raw bytes. While a secret is being rolled there are several signatures;
 * one that fits is enough.
 */
export function isSignedBy(secret: string, rawBody: Buffer, header: string, now: Date): boolean {
  try {
    const { signature } = Stripe.webhooks;
    return signature?.verifyHeader(rawBody, header, secret, SIGNATURE_TOLERANCE_S, undefined, now.getTime()) ?? false;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) return false;
    throw error;
  }
}
