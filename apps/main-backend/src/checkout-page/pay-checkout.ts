import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { ErrorCode } from '@paygate/kernel';
import { StartPayment } from '../transactions/index.js';
import type { StartedPayment } from '../transactions/index.js';
import { addressOf, readBillingForm } from './billing-form.js';
import { continuePath, pagePath, returnPath } from './checkout-paths.js';
import { checkoutScreen, paymentForm } from './checkout-screen.js';
import { LoadCheckout } from './load-checkout.js';
import type { LoadedCheckout } from './load-checkout.js';
import type { CheckoutScreen, PaymentChoice } from './page-model.js';

/** Either the buyer goes on, or sees the form again with everything typed and what is wrong. */
export type PayOutcome =
  | { readonly kind: 'go'; readonly path: string; readonly loaded: LoadedCheckout }
  | { readonly kind: 'again'; readonly loaded: LoadedCheckout; readonly screen: CheckoutScreen; readonly status: 200 | 409 | 422 };

/** Somebody was faster, or time has passed: the page itself says how the checkout stands. */
const TOLD_BY_THE_PAGE: ReadonlySet<ErrorCode> = new Set([
  'payment_in_progress',
  'checkout_expired',
  'checkout_not_open',
  'conflict',
  'site_inactive',
  'organization_suspended',
]);

/** Another method may do. Why it is so for this buyer is no business of a page. */
const UNAVAILABLE: ReadonlySet<ErrorCode> = new Set([
  'provider_not_available',
  'CHECKOUT_BLOCKED_BY_DISPUTE',
  'CHECKOUT_BLOCKED_BY_CUSTOMER_HOLD',
  'CHECKOUT_RESTRICTED_BY_CUSTOMER_HOLD',
]);

/** The buyer pressed "Pay". */
@Injectable()
export class PayCheckout {
  constructor(
    private readonly load: LoadCheckout,
    private readonly startPayment: StartPayment,
  ) {}

  /** @param localeFor the language the buyer reads, for the provider's page */
  async execute(
    shortCode: string,
    submitted: Readonly<Record<string, unknown>>,
    localeFor: (loaded: LoadedCheckout) => string,
  ): Promise<PayOutcome> {
    const { values, business, problems } = readBillingForm(submitted);
    const country = problems.some(({ field }) => field === 'country') ? undefined : values.country;
    const loaded = await this.load.execute(shortCode, country);
    const page = { kind: 'go', path: pagePath(loaded.checkout.shortCode), loaded } as const;
    if (checkoutScreen(loaded).kind !== 'open') return page;

    const chosen = loaded.choices.find(({ id }) => id === submitted['provider']);
    const form = {
      ...paymentForm(loaded),
      values,
      business,
      problems,
      chosenId: chosen?.id,
      choiceMissing: !chosen && loaded.choices.length > 0,
    };
    // Not paid but shown again: in another language, or with the fields of another country.
    if (submitted['again'] !== undefined) {
      return { kind: 'again', loaded, screen: { kind: 'open', form: { ...form, problems: [], choiceMissing: false } }, status: 200 };
    }
    if (!chosen || problems.length > 0) return { kind: 'again', loaded, screen: { kind: 'open', form }, status: 422 };

    try {
      const started = await this.startPayment.execute({
        sessionPublicId: loaded.checkout.sessionPublicId,
        providerId: chosen.id,
        email: values.email,
        billingAddress: addressOf(values, loaded.checkout.billingAddress),
        locale: localeFor(loaded),
      });
      return { ...page, path: nextPath(loaded.checkout.shortCode, started) };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      if (TOLD_BY_THE_PAGE.has(error.code)) return page;
      if (error.code === 'tax_evidence_insufficient') {
        return { kind: 'again', loaded, screen: { kind: 'open', form, notice: { kind: 'whereabouts' } }, status: 422 };
      }
      if (!UNAVAILABLE.has(error.code)) throw error;
      const left = { ...form, choices: stillPossible(form.choices, error) };
      return { kind: 'again', loaded, screen: { kind: 'open', form: left, notice: { kind: 'unavailable' } }, status: 409 };
    }
  }
}

function stillPossible(choices: readonly PaymentChoice[], { code, details }: DomainError): readonly PaymentChoice[] {
  if (code !== 'CHECKOUT_RESTRICTED_BY_CUSTOMER_HOLD') return choices;
  const { allowedProviderIds } = details as { allowedProviderIds: readonly string[] };
  return choices.filter(({ id }) => allowedProviderIds.includes(id));
}

function nextPath(shortCode: string, { next, transactionId }: StartedPayment): string {
  switch (next) {
    case 'redirect':
    case 'hand_off':
      return continuePath(shortCode, transactionId);
    case 'wait':
      return pagePath(shortCode);
    case 'done':
      return returnPath(shortCode, transactionId);
  }
}
