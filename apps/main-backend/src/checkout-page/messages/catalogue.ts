import type { BillingField, FieldRule } from '../billing-form.js';

/** A title and one or two sentences: what happened, and what the buyer can do. */
export interface StateText {
  readonly title: string;
  readonly text: string;
}

/** Every text of the hosted page in one language. A new language is one more object of this type. */
export interface CheckoutMessages {
  /** For `<html lang>` and for names of countries. */
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly skipToPayment: string;
  readonly testMode: string;
  readonly payTo: (merchant: string) => string;
  readonly securePayment: string;
  readonly needHelp: string;

  readonly orderSummary: string;
  readonly quantity: (count: string, unitPrice: string) => string;
  readonly showAllItems: (count: number) => string;
  readonly subtotal: string;
  readonly discount: string;
  readonly total: string;
  readonly reference: string;
  readonly expires: string;

  readonly yourDetails: string;
  readonly billingAddress: string;
  readonly billingAddressHint: string;
  readonly optional: string;
  readonly chooseCountry: string;
  readonly fields: Readonly<Record<BillingField, string>>;
  readonly problems: Readonly<Record<FieldRule, (label: string) => string>>;
  readonly problemsTitle: (count: number) => string;
  readonly chooseMethod: string;
  readonly methodMissing: string;
  readonly noMethod: StateText;
  readonly pay: (amount: string) => string;
  readonly paying: string;
  readonly payNote: (method: string) => string;
  readonly cancelAndReturn: (merchant: string) => string;

  readonly attemptFailed: string;
  readonly tryAgain: string;
  readonly failures: Readonly<Record<string, string>>;
  readonly failureUnknown: string;
  readonly attemptCancelled: string;
  readonly stillOpen: string;

  readonly handoff: StateText;
  readonly processing: StateText;
  readonly continuePayment: string;
  readonly chooseAnother: string;
  readonly cancelFailed: string;
  readonly pending: StateText;
  readonly pendingClose: string;
  readonly checkAgain: string;
  readonly stillWaiting: string;
  readonly paid: (amount: string) => StateText;
  readonly paidOn: string;
  readonly paidWith: string;
  readonly paidWithCard: (brand: string, last4: string) => string;
  readonly paidWithBankDebit: (last4: string) => string;
  readonly returnTo: (merchant: string) => string;
  readonly print: string;
  readonly closed: (merchant: string) => StateText;
  readonly expired: (merchant: string) => StateText;
  readonly cancelled: (merchant: string) => StateText;
  readonly superseded: StateText;
  readonly openNewer: string;
  readonly leaving: (merchant: string) => StateText;
  readonly continueTo: (merchant: string) => string;
  readonly left: (merchant: string) => StateText;
  readonly backToCheckout: string;
  readonly unknown: StateText;
  readonly unavailable: StateText;
  readonly trouble: StateText;
  readonly tooMany: StateText;
  readonly notFromHere: StateText;
  readonly requestId: string;
}
