import { DomainError } from '@paygate/kernel';
import { textIn } from '../json-reading.js';
import { ProviderRefusal } from '../provider-adapter.js';
import type { ProviderAccount, ProviderRefund, ProviderRefunds, RefundRequest } from '../provider-adapter.js';
import { toPaypalMoney } from './paypal-amount.js';
import { requirePaypalAccess } from './paypal-access.js';
import type { PaypalAccess } from './paypal-access.js';
import type { PaypalClient } from './paypal-client.js';
import { issueOf, PaypalRefusal, undecided } from './paypal-errors.js';
import type { PaypalReader } from './paypal-reader.js';
import { paidCaptureOf, readRefund, refundMark, refundsIn } from './paypal-translation.js';

/** Said of a refund that was carried out long ago, too, when PayPal has forgotten the id of the request. */
const NOTHING_LEFT: ReadonlySet<string | undefined> = new Set(['CAPTURE_FULLY_REFUNDED', 'REFUND_AMOUNT_EXCEEDED']);

/** Sends money of captured payments back. */
export class PaypalRefunds implements ProviderRefunds {
  readonly partial = true;

  constructor(
    private readonly client: PaypalClient,
    private readonly reader: PaypalReader,
  ) {}

  async create(account: ProviderAccount, request: RefundRequest): Promise<ProviderRefund> {
    const access = requirePaypalAccess(account);
    const { refundId, transactionId, paymentReference, amount, currency, reason } = request;
    const money = toPaypalMoney(amount, currency);
    if (!money) throw new ProviderRefusal({ code: 'amount_not_supported', message: 'PayPal takes only whole amounts of this currency.' });
    const order = await this.reader.order(access, paymentReference);
    const captureId = paidCaptureOf(order);
    if (order === undefined || captureId === undefined) {
      throw new ProviderRefusal({ code: 'payment_not_captured', message: 'PayPal holds no money of this payment.' });
    }
    const answer = await this.client.request(access, 'POST', `/v2/payments/captures/${encodeURIComponent(captureId)}/refund`, {
      requestId: refundId,
      body: { amount: money, custom_id: refundMark(refundId), note_to_payer: reason?.slice(0, 255) },
    });
    const of = { paymentReference, transactionId };
    if (answer.status === 422 && NOTHING_LEFT.has(issueOf(answer))) {
      const made = await this.among(access, paymentReference, refundId);
      if (made) return made;
    }
    if (answer.status === 422 || answer.status === 403) throw new PaypalRefusal(answer, 'PayPal refused the refund.');
    const refund = answer.status === 200 || answer.status === 201 ? readRefund(answer.body, of) : undefined;
    if (!refund) throw undecided(answer);
    return refund;
  }

  async lookUp(
    account: ProviderAccount,
    { refundId, paymentReference, reference }: { refundId: string; paymentReference: string; reference?: string },
  ): Promise<ProviderRefund | undefined> {
    const access = requirePaypalAccess(account);
    if (reference === undefined) return this.among(access, paymentReference, refundId);
    const refund = await this.reader.refund(access, reference);
    if (refund === undefined) return undefined;
    return readable(readRefund(refund, { paymentReference }));
  }

  /** PayPal shows the refunds of an order with it; ours carry a mark. */
  private async among(access: PaypalAccess, paymentReference: string, refundId: string): Promise<ProviderRefund | undefined> {
    const order = await this.reader.order(access, paymentReference);
    const refund = refundsIn(order).find((candidate) => textIn(candidate, 'custom_id') === refundMark(refundId));
    return refund === undefined ? undefined : readable(readRefund(refund, { paymentReference }));
  }
}

function readable(refund: ProviderRefund | undefined): ProviderRefund {
  if (!refund) throw new DomainError('provider_error', 'The payment provider showed a refund that cannot be read.');
  return refund;
}
