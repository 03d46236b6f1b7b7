import type { CityName, PostcodeName, RegionName } from '../address/index.js';
import type { BillingField, FieldRule } from '../billing-form.js';
import type { PageLanguage } from '../language.js';
import type { FailureReason } from './failure-reason.js';

/** A title and one or two sentences: what happened, and what the buyer can do. */
export interface StateText {
  readonly title: string;
  readonly text: string;
}

/** Every text of the hosted page in one language. A new language is one more object of this type. */
export interface CheckoutMessages {
  /** For `<html lang>` and for names of countries. */
  readonly language: PageLanguage;
  readonly direction: 'ltr' | 'rtl';
  readonly skipToPayment: string;
  readonly testMode: string;
  readonly payTo: (merchant: string) => string;
  readonly logoOf: (merchant: string) => string;
  readonly securePayment: string;
  readonly needHelp: string;
  readonly chooseLanguage: string;
  /** On buttons that are only there without a script. */
  readonly apply: string;

  readonly orderSummary: string;
  readonly quantity: (count: string, unitPrice: string) => string;
  readonly showAllItems: (count: number) => string;
  readonly subtotal: string;
  readonly discount: string;
  /** `rate` is a percentage as it is written there. */
  readonly tax: (rate: string) => string;
  readonly taxIncluded: (rate: string) => string;
  readonly taxChanged: (tax: string, total: string) => string;
  readonly total: string;
  readonly reference: string;
  readonly expires: string;

  readonly yourDetails: string;
  readonly business: string;
  readonly billingAddress: string;
  readonly billingAddressHint: string;
  readonly optional: string;
  readonly chooseCountry: string;
  readonly chooseRegion: string;
  readonly fields: Readonly<Record<Exclude<BillingField, 'postcode' | 'city' | 'state'>, string>>;
  readonly postcodes: Readonly<Record<PostcodeName, string>>;
  readonly cities: Readonly<Record<CityName, string>>;
  readonly regions: Readonly<Record<RegionName, string>>;
  readonly forExample: (example: string) => string;
  /** What is known of the VAT ID; nothing of it keeps anybody from paying. */
  readonly vatId: {
    readonly checking: string;
    readonly valid: string;
    readonly validFor: (company: string) => string;
    readonly wrong: string;
    readonly notRegistered: string;
    readonly unavailable: string;
  };
  readonly problems: Readonly<Record<FieldRule, (label: string, example: string) => string>>;
  readonly problemsTitle: (count: number) => string;
  readonly chooseMethod: string;
  readonly methodMissing: string;
  readonly noMethod: StateText;
  /** Elsewhere there is one. */
  readonly noMethodHere: StateText;
  /** Read out when another country has other ones. */
  readonly methodsChanged: string;
  readonly pay: (amount: string) => string;
  readonly paying: string;
  readonly payingSlowly: string;
  readonly payNote: (method: string) => string;
  readonly cancelAndReturn: (merchant: string) => string;

  readonly attemptFailed: string;
  readonly tryAgain: string;
  readonly failures: Readonly<Record<FailureReason, string>>;
  readonly failureUnknown: string;
  readonly attemptCancelled: string;
  readonly stillOpen: string;

  readonly handoff: StateText;
  readonly processing: StateText;
  /** The provider has not answered: nobody knows yet whether the payment was started. */
  readonly unanswered: string;
  readonly continuePayment: string;
  readonly chooseAnother: string;
  readonly cancelFailed: string;
  readonly pending: StateText;
  readonly pendingClose: string;
  readonly checkAgain: string;
  readonly stillWaiting: string;
  readonly offline: string;
  /** Of a form that was to be sent without a connection. */
  readonly notSent: string;
  readonly paid: (amount: string) => StateText;
  readonly paidOn: string;
  readonly paidWith: string;
  readonly paidWithCard: (brand: string, last4: string) => string;
  readonly paidWithBankDebit: (last4: string) => string;
  readonly returnTo: (merchant: string) => string;
  readonly expired: (merchant: string) => StateText;
  /** Time is over, but an attempt is still undecided. */
  readonly expiredUndecided: (merchant: string) => StateText;
  readonly cancelled: (merchant: string) => StateText;
  /** The merchant takes no payments at present; an attempt may be unfinished. */
  readonly closed: (merchant: string) => StateText;
  readonly superseded: StateText;
  readonly openNewer: string;
  readonly leaving: (merchant: string) => StateText;
  readonly continueTo: (merchant: string) => string;
  readonly left: (merchant: string) => StateText;
  readonly backToCheckout: string;

  /** Above fields of a payment provider on our page. */
  readonly payHere: StateText;
  readonly loadingFields: string;
  readonly fieldsFailed: string;
  readonly needsScript: string;
  readonly transfer: (amount: string) => StateText;
  readonly accountHolder: string;
  readonly bankName: string;
  readonly accountNumber: string;
  /** Where there is no IBAN: sort code, routing number. */
  readonly routingNumber: string;
  readonly transferReference: string;
  readonly transferNote: string;
  /** Beside the QR code of a transfer. */
  readonly scanToPay: string;
  readonly copy: string;
  readonly copied: string;
  readonly showTransfer: string;

  readonly receipt: string;
  readonly showReceipt: string;
  readonly receiptOf: (merchant: string) => string;
  readonly paidTo: string;
  readonly transaction: string;
  readonly item: string;
  readonly count: string;
  readonly unitPrice: string;
  readonly amount: string;
  readonly net: string;
  readonly refunded: string;
  readonly receiptNote: string;
  readonly print: string;

  readonly unknown: StateText;
  readonly unavailable: StateText;
  readonly whereabouts: StateText;
  readonly trouble: StateText;
  readonly tooMany: StateText;
  readonly notFromHere: StateText;
  readonly requestId: string;
}
