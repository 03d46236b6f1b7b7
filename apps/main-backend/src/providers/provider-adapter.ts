import type { Address } from '@paygate/messages';
import type { ChargebackStatus, ProviderWord, RefundStatus } from '@paygate/payments-domain';

/** A provider as configured by an organization, with its credentials decrypted for the moment of use. */
export interface ProviderAccount {
  readonly id: string;
  readonly organizationId: string;
  readonly type: string;
  readonly livemode: boolean;
  readonly credentials: Readonly<Record<string, string>>;
}

export interface PaymentRequest {
  /** Also the idempotency key: the same transaction never becomes two payments. */
  readonly transactionId: string;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly description: string;
  /** Where the provider sends the buyer back to, whatever the outcome. */
  readonly returnUrl: string;
  readonly email?: string;
  /** The language of the buyer's page, e.g. `de`. */
  readonly locale?: string;
  /** Name and address of the buyer, as far as the checkout knows them. */
  readonly billingAddress?: Address;
  /** The shop as the buyer knows it, for statements and pages of the provider. */
  readonly shop?: string;
}

/** Where a buyer sends the money of a bank transfer. */
export interface BankTransfer {
  readonly accountHolder: string;
  readonly bankName?: string;
  readonly iban?: string;
  readonly bic?: string;
  readonly accountNumber?: string;
  /** Code of the bank where there is no IBAN: sort code, ABA routing number. */
  readonly routingNumber?: string;
  /** What the buyer writes as the purpose; the money is recognized by it. */
  readonly reference: string;
  /** What else the merchant tells its buyers. */
  readonly instructions?: string;
  /** Text of the QR code of a SEPA transfer (EPC069-12); only for EUR to an IBAN. */
  readonly epcText?: string;
}

/** What our own page shows a buyer who goes on with us instead of at the provider's page. */
export type HandOff =
  /** Stripe's Payment Element with this client secret; handed to the buyer's page and never stored. */
  | { readonly kind: 'stripe_element'; readonly publishableKey: string; readonly clientSecret: string; readonly accountId?: string }
  | { readonly kind: 'bank_transfer'; readonly transfer: BankTransfer };

/** The provider's own account of a payment, translated. */
export interface ProviderPayment {
  /** The payment's id at the provider. */
  readonly reference: string;
  /** The transaction it was made for, as the provider recorded it. */
  readonly transactionId: string;
  readonly word: ProviderWord;
  readonly amount: number;
  readonly currency: string;
  /** Where the buyer goes on, while the word is `requires_buyer`. */
  readonly redirectUrl?: string;
  /** Instead of `redirectUrl`, while the buyer's part is done on our page. */
  readonly handOff?: HandOff;
  /** The buyer has agreed, and the money moves only when we call `completePayment`. Goes with the word `requires_buyer`. */
  readonly awaitsCompletion?: boolean;
  readonly method?: { readonly type: string; readonly brand?: string; readonly last4?: string };
  readonly failure?: { readonly code: string; readonly message: string };
}

/** A payment to be looked up or cancelled, by what we recorded of it. */
export interface PaymentWanted {
  readonly transactionId: string;
  /** The payment's id at the provider, once known. */
  readonly reference?: string;
  /** For providers that keep no payments, such as a bank. Minor units. */
  readonly amount?: number;
  readonly currency?: string;
}

export interface RefundRequest {
  /** Our refund, and the idempotency key: it is never carried out twice. */
  readonly refundId: string;
  readonly transactionId: string;
  readonly paymentReference: string;
  /** Minor units; at most what the payment has left. */
  readonly amount: number;
  readonly currency: string;
  readonly reason?: string;
}

/** The provider's own account of a refund, translated. */
export interface ProviderRefund {
  /** The refund's id at the provider. */
  readonly reference: string;
  /** Ours, as the provider recorded it; absent for a refund made at the provider's own pages. */
  readonly refundId?: string;
  readonly transactionId?: string;
  readonly paymentReference: string;
  readonly word: RefundStatus;
  readonly amount: number;
  readonly currency: string;
  /** When it came to stand so. Of two reports about one refund the later one holds. */
  readonly occurredAt: Date;
  readonly failure?: { readonly code: string; readonly message: string };
}

/** The provider's own account of a dispute (chargeback), translated. */
export interface ProviderDispute {
  readonly reference: string;
  readonly transactionId?: string;
  readonly paymentReference: string;
  readonly word: ChargebackStatus;
  /** What the buyer's bank wants back, in minor units. */
  readonly amount: number;
  readonly currency: string;
  /** The provider's own code, e.g. `fraudulent`. */
  readonly reason?: string;
  readonly evidenceDueBy?: Date;
  readonly occurredAt: Date;
}

/** Money that came to a merchant's account; which payment was meant is found by what the payer wrote. */
export interface ReceivedMoney {
  /** The entry's id at the provider: the same one twice is the same money. */
  readonly reference: string;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly occurredAt: Date;
  readonly text: string;
  readonly payerName?: string;
  readonly payerAccount?: string;
}

/** Which money a provider is asked for. */
export interface ReceiptsWanted {
  readonly currency: string;
  readonly from: Date;
  readonly to: Date;
}

/** What a notification is about. */
export type ProviderSubject =
  | { readonly kind: 'payment'; readonly payment: ProviderPayment }
  | { readonly kind: 'refund'; readonly refund: ProviderRefund }
  | { readonly kind: 'dispute'; readonly dispute: ProviderDispute }
  | { readonly kind: 'receipt'; readonly receipt: ReceivedMoney };

/** One verified event; a notification may bring several. */
export interface ProviderEvent {
  /** Unique per provider account; the same id is processed once. */
  readonly id: string;
  readonly type: string;
  readonly occurredAt: Date;
  /** Absent for what is genuine and of no interest to us. */
  readonly subject?: ProviderSubject;
}

/** Headers as they came; names in lower case. */
export type HookHeaders = Readonly<Record<string, string | string[] | undefined>>;

/**
 * The provider refused definitively: it has not made the payment or refund and never will. Thrown when one is created only, and only
 * for an answer that says so; whatever leaves doubt is `provider_error`.
 */
export class ProviderRefusal extends Error {
  override readonly name = 'ProviderRefusal';

  /** `failure` is shown to the buyer and the merchant. */
  constructor(readonly failure: { readonly code: string; readonly message: string }) {
    super(`the provider refused the payment: ${failure.code}`);
  }
}

/** What came of trying an account. `message` is for people and holds no secret. */
export interface ConnectionCheck {
  readonly code: 'ok' | 'credentials_rejected';
  readonly message: string;
}

export interface ProviderRefunds {
  /** Whether less than the whole payment can go back. */
  readonly partial: boolean;
  /** @throws ProviderRefusal; anything else thrown leaves the outcome unknown */
  create(account: ProviderAccount, request: RefundRequest): Promise<ProviderRefund>;
  /** By the provider's reference when known, else by our refund; undefined when the provider never heard of it. */
  lookUp(
    account: ProviderAccount,
    refund: { refundId: string; paymentReference: string; reference?: string },
  ): Promise<ProviderRefund | undefined>;
}

/** What a provider's fields on our page load from the provider: origins such as `https://js.provider.example`. */
export interface BrowserSources {
  readonly scripts: readonly string[];
  readonly connections: readonly string[];
  readonly frames: readonly string[];
}

/**
 * What every provider offers. Adapters only translate: they hold no state and decide nothing.
 * A timeout or a 5xx is thrown as `provider_error`: the outcome is unknown, the caller looks it up later.
 */
export interface ProviderAdapter {
  readonly type: string;
  /** Moves no real money, so it is never offered for live checkouts. */
  readonly testModeOnly?: boolean;
  /** The provider cannot tell that the money came: people or bank statements do. */
  readonly decidedByOperator?: boolean;
  /** Only of a provider whose fields stand on our page. The page's content policy lets in no other stranger. */
  readonly browserSources?: BrowserSources;
  /** @throws ProviderRefusal; anything else thrown leaves the outcome unknown */
  createPayment(account: ProviderAccount, request: PaymentRequest): Promise<ProviderPayment>;
  /** By the provider's reference when known, else by transaction; undefined when the provider never heard of it. */
  lookUpPayment(account: ProviderAccount, payment: PaymentWanted): Promise<ProviderPayment | undefined>;
  /**
   * Only of a provider that moves no money before we say so: takes the money of a payment that awaits it, once, however often
   * it is called, and answers with the payment as it then stands. Looking up never does this (docs/adr/0016).
   * @throws ProviderRefusal when the money certainly was not taken; anything else thrown leaves the outcome unknown
   */
  completePayment?(account: ProviderAccount, payment: { transactionId: string; reference: string }): Promise<ProviderPayment>;
  /** The provider forgets payments nobody completed: one of this age that it no longer knows was not paid. */
  readonly forgetsUnpaidAfterMs?: number;
  /** Asks the provider to cancel and answers with the payment as it then stands: it may have succeeded meanwhile. */
  cancelPayment(account: ProviderAccount, reference: string, payment?: PaymentWanted): Promise<ProviderPayment>;
  /**
   * Asks for something that costs and changes nothing, to find out whether the provider accepts the account.
   * @throws DomainError provider_error when there was no answer that says so before `signal`; its message is shown
   */
  checkConnection(account: ProviderAccount, signal: AbortSignal): Promise<ConnectionCheck>;
  /**
   * Only of a provider that can be asked for money that came, for notifications that got lost.
   * @throws DomainError provider_error when it could not be asked
   */
  readReceipts?(account: ProviderAccount, wanted: ReceiptsWanted): Promise<readonly ReceivedMoney[]>;
  /** Absent when money can only be sent back outside this interface, e.g. by the merchant's own bank transfer. */
  readonly refunds?: ProviderRefunds;
  /**
   * Verifies the raw bytes and reads the events in them; some providers are asked for it.
   * @throws DomainError webhook_signature_invalid | webhook_payload_invalid; provider_error when the provider could not be
   *   asked, and has to send the notification again
   */
  readEvents(account: ProviderAccount, rawBody: Buffer, headers: HookHeaders): readonly ProviderEvent[] | Promise<readonly ProviderEvent[]>;
}
