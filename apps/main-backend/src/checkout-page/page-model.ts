import type { BillingValues, FieldProblem } from './billing-form.js';
import type { BrandPalette } from './brand-palette.js';
import type { PageLanguage } from './language.js';
import type { BankTransfer, HandOff } from '../providers/index.js';
import type { TaxSummary } from '../transaction-taxes/index.js';
import type { CheckoutMessages } from './messages/index.js';

/** Whose page it is and how it looks: the same on every state of one checkout. */
export interface PageFrame {
  readonly messages: CheckoutMessages;
  /** For money and dates: the language of the catalogue with the region of the buyer. */
  readonly locale: string;
  /** What the buyer has chosen, when nothing else says so: it goes along in addresses. */
  readonly chosenLanguage?: PageLanguage;
  readonly merchant: string;
  readonly logoUrl?: string;
  readonly supportEmail?: string;
  readonly palette: BrandPalette;
  readonly livemode: boolean;
  /** Of this one answer: only styles and scripts that carry it run. */
  readonly nonce: string;
  readonly assets: PageAssets;
}

export interface PageAssets {
  readonly css: string;
  readonly script: string;
  /** What the script imports: asked for at once instead of one after the other. */
  readonly modules: readonly string[];
  /** Drives the fields of a provider on our page. */
  readonly stripeElement: string;
  readonly icon: string;
}

export interface OrderLine {
  readonly name: string;
  readonly description?: string;
  readonly quantity: number;
  /** Minor units, negative for discounts. */
  readonly unitPrice: number;
  readonly itemType: string;
}

export interface Order {
  readonly shortCode: string;
  /** For the calls of the page's script. */
  readonly sessionPublicId: string;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly lines: readonly OrderLine[];
  readonly tax: TaxSummary;
  readonly reference?: string;
  readonly expiresAt: Date;
}

export interface PaymentChoice {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
}

/** The form as it is shown: with what the buyer typed, and what is wrong with it. */
export interface PaymentForm {
  readonly values: BillingValues;
  /** The buyer buys for a company. */
  readonly business: boolean;
  readonly problems: readonly FieldProblem[];
  readonly choices: readonly PaymentChoice[];
  /** There are no choices because of the country alone: the buyer may name another. */
  readonly elsewhere?: boolean;
  readonly chosenId?: string;
  readonly choiceMissing: boolean;
  readonly canLeave: boolean;
}

export interface PaymentMethod {
  readonly type: string;
  readonly brand?: string;
  readonly last4?: string;
}

/** What a receipt says about a payment that succeeded. */
export interface PaidPayment {
  readonly transactionId: string;
  readonly paidAt?: Date;
  readonly method?: PaymentMethod;
  /** Minor units given back since. */
  readonly refundedAmount: number;
}

/** A word above the form about what happened before. */
export type Notice =
  | { readonly kind: 'failed'; readonly code?: string }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'unavailable' }
  /** Too little is known of where the buyer is to tax the sale. */
  | { readonly kind: 'whereabouts' };

export type StripeElement = Extract<HandOff, { kind: 'stripe_element' }>;

export type CheckoutScreen =
  | { readonly kind: 'open'; readonly form: PaymentForm; readonly notice?: Notice }
  | { readonly kind: 'processing'; readonly continueUrl?: string; readonly cancelFailed?: boolean; readonly unanswered?: boolean }
  | { readonly kind: 'handoff'; readonly url: string }
  /** The buyer pays on our page, in fields of the provider. */
  | { readonly kind: 'fields'; readonly element: StripeElement; readonly transactionId: string; readonly buyer?: BillingValues }
  /** The buyer is told where to send the money. `state` is what the checkout stands at meanwhile. */
  | { readonly kind: 'transfer'; readonly transfer: BankTransfer; readonly state: 'processing' | 'pending'; readonly returnUrl?: string }
  | {
      readonly kind: 'pending';
      readonly transactionId: string;
      readonly returnUrl?: string;
      readonly cancelFailed?: boolean;
      /** Where the details of a transfer stand. */
      readonly transferUrl?: string;
    }
  | {
      readonly kind: 'paid';
      readonly paidAt?: Date;
      readonly method?: PaymentMethod;
      readonly returnUrl?: string;
      readonly receiptUrl?: string;
    }
  | { readonly kind: 'closed'; readonly shopUrl?: string }
  | { readonly kind: 'expired'; readonly shopUrl?: string; readonly undecided: boolean }
  | { readonly kind: 'cancelled'; readonly shopUrl?: string }
  | { readonly kind: 'superseded'; readonly newerUrl: string }
  | { readonly kind: 'leaving'; readonly url: string }
  | { readonly kind: 'left' };
