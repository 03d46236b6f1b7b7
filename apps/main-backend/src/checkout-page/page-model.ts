import type { BillingValues, FieldProblem } from './billing-form.js';
import type { BrandPalette } from './brand-palette.js';
import type { CheckoutMessages } from './messages/index.js';

/** Whose page it is and how it looks: the same on every state of one checkout. */
export interface PageFrame {
  readonly messages: CheckoutMessages;
  /** For money and dates; the texts have the language of the catalogue. */
  readonly locale: string;
  readonly merchant: string;
  readonly logoUrl?: string;
  readonly supportEmail?: string;
  readonly palette: BrandPalette;
  readonly livemode: boolean;
  readonly styleNonce: string;
  readonly assets: PageAssets;
}

export interface PageAssets {
  readonly css: string;
  readonly script: string;
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
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly lines: readonly OrderLine[];
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
  readonly problems: readonly FieldProblem[];
  readonly choices: readonly PaymentChoice[];
  readonly chosenId?: string;
  readonly choiceMissing: boolean;
  readonly canLeave: boolean;
}

export interface PaymentMethod {
  readonly type: string;
  readonly brand?: string;
  readonly last4?: string;
}

/** A word above the form about what happened before. */
export type Notice =
  { readonly kind: 'failed'; readonly code?: string } | { readonly kind: 'cancelled' } | { readonly kind: 'unavailable' };

export type CheckoutScreen =
  | { readonly kind: 'open'; readonly form: PaymentForm; readonly notice?: Notice }
  | { readonly kind: 'processing'; readonly continueUrl?: string; readonly cancelFailed?: boolean }
  | { readonly kind: 'handoff'; readonly url: string }
  | { readonly kind: 'pending'; readonly transactionId: string; readonly returnUrl?: string; readonly cancelFailed?: boolean }
  | { readonly kind: 'paid'; readonly paidAt?: Date; readonly method?: PaymentMethod; readonly returnUrl?: string }
  | { readonly kind: 'closed'; readonly shopUrl?: string }
  | { readonly kind: 'expired'; readonly shopUrl?: string }
  | { readonly kind: 'cancelled'; readonly shopUrl?: string }
  | { readonly kind: 'superseded'; readonly newerUrl: string }
  | { readonly kind: 'leaving'; readonly url: string }
  | { readonly kind: 'left' };
