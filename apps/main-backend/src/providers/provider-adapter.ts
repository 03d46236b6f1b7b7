import type { ProviderWord } from '@paygate/payments-domain';

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
  readonly locale?: string;
}

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
  readonly method?: { readonly type: string; readonly brand?: string; readonly last4?: string };
  readonly failure?: { readonly code: string; readonly message: string };
}

/** A verified notification of a provider. */
export interface ProviderEvent {
  /** Unique per provider account; the same id is processed once. */
  readonly id: string;
  readonly type: string;
  readonly occurredAt: Date;
  readonly payment: ProviderPayment;
}

/**
 * The provider refused definitively: it has not made the payment and never will. Thrown by `createPayment` only, and only
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

/**
 * What every provider offers. Adapters only translate: they hold no state and decide nothing.
 * A timeout or a 5xx is thrown as `provider_error`: the outcome is unknown, the caller looks it up later.
 */
export interface ProviderAdapter {
  readonly type: string;
  /** Moves no real money, so it is never offered for live checkouts. */
  readonly testModeOnly?: boolean;
  /** @throws ProviderRefusal; anything else thrown leaves the outcome unknown */
  createPayment(account: ProviderAccount, request: PaymentRequest): Promise<ProviderPayment>;
  /** By the provider's reference when known, else by transaction; undefined when the provider never heard of it. */
  lookUpPayment(account: ProviderAccount, payment: { transactionId: string; reference?: string }): Promise<ProviderPayment | undefined>;
  /** Asks the provider to cancel and answers with the payment as it then stands: it may have succeeded meanwhile. */
  cancelPayment(account: ProviderAccount, reference: string): Promise<ProviderPayment>;
  /**
   * Asks for something that costs and changes nothing, to find out whether the provider accepts the account.
   * @throws DomainError provider_error when there was no answer that says so before `signal`; its message is shown
   */
  checkConnection(account: ProviderAccount, signal: AbortSignal): Promise<ConnectionCheck>;
  /** Verifies the raw bytes. @throws DomainError webhook_signature_invalid | webhook_payload_invalid */
  readEvent(account: ProviderAccount, rawBody: Buffer, headers: Readonly<Record<string, string | string[] | undefined>>): ProviderEvent;
}
