import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { Clock } from '@paygate/kernel';
import type { Address, SiteSnapshot } from '@paygate/messages';
import { checkoutStatusAt, isTransactionUndecided, nextAfterRefusal } from '@paygate/payments-domain';
import type { PaymentMethod, RouteCandidate } from '@paygate/payments-domain';
import { ipnStatus } from '@paygate/webhook-protocol';
import { CheckoutsRepository } from '../checkouts/index.js';
import type { CheckoutRecord } from '../checkouts/index.js';
import { CLOCK } from '../clock.js';
import { Configuration } from '../configuration/index.js';
import { BuyerStanding } from '../customer-risk/index.js';
import { FaultPoint } from '../faults/index.js';
import type { HandOff } from '../providers/index.js';
import { DecideTax } from '../transaction-taxes/index.js';
import type { TaxVerdict } from '../transaction-taxes/index.js';
import { explainRoute, PaymentRouter } from '../routing/index.js';
import type { PaymentRoute } from '../routing/index.js';
import { RecordAttempt } from './record-attempt.js';
import { SubmitPayment } from './submit-payment.js';
import type { Submission } from './submit-payment.js';
import type { TransactionRecord } from './transaction.js';

export interface StartPaymentInput {
  sessionPublicId: string;
  /** Absent: the best by the site's rules. */
  providerId?: string;
  method?: PaymentMethod;
  billingAddress?: Address;
  email?: string;
  /** The language in which the buyer reads; the provider's page is asked to use it, too. */
  locale?: string;
}

/** What the buyer's page does next: `hand_off` = show `handOff`, `wait` = poll the status, `done` = the payment is decided. */
export type NextStep = 'redirect' | 'hand_off' | 'wait' | 'done';

export interface StartedPayment {
  transactionId: string;
  /** Integer status as in notifications: -1 initiated … 2 failed. */
  status: number;
  next: NextStep;
  /** Present when `next` is `redirect`. */
  redirectUrl?: string;
  /** Present when `next` is `hand_off`. */
  handOff?: HandOff;
  /** Why the provider refused, when it did. */
  failure?: { code: string; message: string };
}

/** Each attempt may take as long as a provider's patience, and a buyer waits for all of them. */
const MOST_ATTEMPTS = 3;

/**
 * Starts an attempt to pay a checkout. First the attempt is written down (tx 1), then the provider is called with the
 * transaction's id as idempotency key, outside any database transaction, then its answer is applied (tx 2). A crash in
 * between leaves an initiated transaction: the buyer's page submits it again, and the reconcile sweep looks it up by that id.
 *
 * When the provider refuses for certain and the site's rule says so, the next provider gets an attempt of its own. The
 * refused one is decided before that, so a crash between the two leaves an open checkout and no payment. An outcome that is
 * not known ends here: the payment may exist.
 */
@Injectable()
export class StartPayment {
  constructor(
    private readonly checkouts: CheckoutsRepository,
    private readonly configuration: Configuration,
    private readonly router: PaymentRouter,
    private readonly standing: BuyerStanding,
    private readonly tax: DecideTax,
    private readonly attempts: RecordAttempt,
    private readonly submit: SubmitPayment,
    private readonly fault: FaultPoint,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError checkout_not_found, checkout_expired, checkout_not_open, provider_not_available, site_inactive,
   *   organization_suspended, CHECKOUT_BLOCKED_BY_DISPUTE, CHECKOUT_BLOCKED_BY_CUSTOMER_HOLD,
   *   CHECKOUT_RESTRICTED_BY_CUSTOMER_HOLD with details `{allowedProviderTypes, allowedProviderIds}`; payment_in_progress with
   *   details `{transactionId}` while another attempt is undecided; tax_evidence_insufficient with details `{evidence, accepted}`
   */
  async execute(input: StartPaymentInput): Promise<StartedPayment> {
    const checkout = await this.checkouts.findBySession(input.sessionPublicId);
    if (!checkout) throw new DomainError('checkout_not_found');
    refuseUnlessOpen(checkout, this.clock.now());
    const site = await this.configuration.activeSite(checkout.scope, checkout.siteId);
    const { amount, currency, scope } = checkout;
    const country = (input.billingAddress ?? checkout.billingAddress)?.country;
    const restriction = await this.standing.require(scope, [checkout, { email: input.email }], 'buyer');
    const allowedTypes = restriction?.allowedProviderTypes;
    const route = await this.router.route(site, {
      amount,
      currency,
      country,
      method: input.method,
      livemode: scope.livemode,
      allowedTypes,
    });
    const chosenId = input.providerId ?? preferred(site, route);
    const first = await this.firstCandidate(route, chosenId);
    if (first) return present(await this.pay({ checkout, site, route, input, tax: await this.decideTax(checkout, input) }, first));
    const possible = route.candidates.map(({ providerId }) => providerId);
    // Only what the hold rules out is its fault; a provider that is paused is not.
    const isRuledOut = chosenId === undefined ? possible.length === 0 : !possible.includes(chosenId);
    if (restriction && isRuledOut) throw restriction.refusal(possible);
    throw new DomainError('provider_not_available');
  }

  /** Once for all attempts, and outside of their database transactions: it may ask others about the buyer. */
  private async decideTax(checkout: CheckoutRecord, { billingAddress }: StartPaymentInput): Promise<TaxVerdict | undefined> {
    const sale = { ...checkout, billingAddress: billingAddress ?? checkout.billingAddress };
    return this.tax.forSale(checkout.scope, sale, this.clock.now());
  }

  /** What the buyer has chosen, or else the first that admits the payment. */
  private async firstCandidate(route: PaymentRoute, chosenId: string | undefined): Promise<RouteCandidate | undefined> {
    for (const candidate of route.candidates) {
      const isWanted = chosenId === undefined || candidate.providerId === chosenId;
      if (isWanted && (await this.router.admits(route, candidate))) return candidate;
    }
    return undefined;
  }

  private async pay(payment: RoutedStart, first: RouteCandidate): Promise<Submission> {
    const { checkout, route } = payment;
    let transaction = await this.record(payment, first);
    if (!transaction) {
      // Somebody was faster: say what became of the checkout.
      const current = await this.checkouts.findById(checkout.scope, checkout.id);
      refuseUnlessOpen(current ?? checkout, this.clock.now());
      throw new DomainError('conflict');
    }
    const tried = new Set([first.providerId]);
    for (;;) {
      const submission: Submission = await this.submit.execute(transaction, 'buyer');
      const { transaction: submitted, refused } = submission;
      if (!refused || tried.size >= MOST_ATTEMPTS) return submission;
      const next = await this.nextCandidate(route, submitted.providerId, tried);
      if (!next) return submission;
      this.fault.reached('exit-between-attempts');
      transaction = await this.record(payment, next, submitted);
      // The checkout's time is over, or another page of the buyer has taken it.
      if (!transaction) return submission;
    }
  }

  /** Adds every provider it has looked at to those that were tried. */
  private async nextCandidate(route: PaymentRoute, refusedBy: string, tried: Set<string>): Promise<RouteCandidate | undefined> {
    for (;;) {
      const next = nextAfterRefusal(route.candidates, refusedBy, tried);
      if (!next) return undefined;
      tried.add(next.providerId);
      if (await this.router.admits(route, next)) return next;
    }
  }

  private async record(
    { checkout, site, route, input, tax }: RoutedStart,
    candidate: RouteCandidate,
    after?: TransactionRecord,
  ): Promise<TransactionRecord | undefined> {
    const provider = route.providers.get(candidate.providerId);
    if (!provider) throw new DomainError('provider_not_available');
    const isPlain = (site.routing ?? []).length === 0 && route.excluded.length === 0;
    const explanation = isPlain ? undefined : explainRoute(route, candidate);
    const { billingAddress, email, locale } = input;
    return this.attempts.execute({ checkout, provider, billingAddress, email, locale, tax, explanation, after });
  }
}

interface RoutedStart {
  checkout: CheckoutRecord;
  site: SiteSnapshot;
  route: PaymentRoute;
  input: StartPaymentInput;
  tax?: TaxVerdict;
}

/** Without rules, the provider the merchant prefers is the best one, where it is offered. */
function preferred({ routing = [], defaultProviderId }: SiteSnapshot, { candidates }: PaymentRoute): string | undefined {
  return routing.length === 0 && candidates.some(({ providerId }) => providerId === defaultProviderId) ? defaultProviderId : undefined;
}

function refuseUnlessOpen(checkout: CheckoutRecord, now: Date): void {
  const status = checkoutStatusAt(checkout.status, checkout.expiresAt, now);
  const { transactionId, supersededBy } = checkout;
  switch (status) {
    case 'open':
      return;
    case 'processing':
      throw new DomainError('payment_in_progress', undefined, { transactionId });
    case 'expired':
      throw new DomainError('checkout_expired');
    case 'completed':
    case 'cancelled':
      throw new DomainError('checkout_not_open', undefined, { status, transactionId, superseded: supersededBy !== undefined });
  }
}

function present({ transaction, handOff }: Submission): StartedPayment {
  const { id, status, redirectUrl, failure } = transaction;
  const started = { transactionId: id, status: ipnStatus(status) };
  if (!isTransactionUndecided(status)) return { ...started, next: 'done', failure };
  if (redirectUrl !== undefined) return { ...started, next: 'redirect', redirectUrl };
  return handOff ? { ...started, next: 'hand_off', handOff } : { ...started, next: 'wait' };
}
