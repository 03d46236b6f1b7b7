import { randomBytes } from 'node:crypto';
import { VendorError } from './vendor-error.js';

export interface VendorMoney {
  currency_code: string;
  value: string;
}

export interface VendorRefund {
  id: string;
  status: string;
  amount: VendorMoney;
  custom_id: string;
  note_to_payer?: string;
  create_time: string;
  update_time: string;
  links: { rel: string; href: string; method: string }[];
}

export interface VendorCapture {
  id: string;
  status: string;
  status_details?: { reason: string };
  amount: VendorMoney;
  custom_id?: string;
  invoice_id?: string;
  supplementary_data: { related_ids: { order_id: string } };
  create_time: string;
  update_time: string;
}

export interface VendorOrder {
  id: string;
  status: 'PAYER_ACTION_REQUIRED' | 'APPROVED' | 'COMPLETED' | 'VOIDED';
  amount: VendorMoney;
  custom_id?: string;
  invoice_id?: string;
  returnUrl: string;
  captures: VendorCapture[];
  refunds: VendorRefund[];
}

export interface VendorDispute {
  dispute_id: string;
  create_time: string;
  update_time: string;
  disputed_transactions: { seller_transaction_id: string; custom?: string }[];
  reason: string;
  status: string;
  dispute_amount: VendorMoney;
  dispute_outcome?: { outcome_code: string };
  seller_response_due_date?: string;
}

/** What became of the next captures. `later`: pending, until the bank has decided. */
export type CaptureOutcome = 'completed' | 'declined' | 'instrument_declined' | 'later';

/** Whole amounts only, as documented. */
const NO_DECIMALS = ['HUF', 'JPY', 'TWD'];
const TAKEN = ['COMPLETED', 'PARTIALLY_REFUNDED', 'REFUNDED'];
const SUPPORTED = 'AUD BRL CAD CNY CZK DKK EUR HKD HUF ILS JPY MYR MXN TWD NZD NOK PHP PLN GBP SGD SEK CHF THB USD'.split(' ');

/** The account of one merchant at a fake PayPal: orders, captures, refunds, disputes, and the rules among them. */
export class VendorMerchant {
  readonly orders = new Map<string, VendorOrder>();
  readonly disputes = new Map<string, VendorDispute>();
  /** What the next captures come to. */
  captures: CaptureOutcome = 'completed';
  /** What the bank says of pending captures once somebody has looked at the order. */
  readonly decidedAfterLook = new Map<string, 'COMPLETED' | 'DECLINED'>();
  /** What the next refunds begin as. */
  refundStatus: 'COMPLETED' | 'PENDING' | 'FAILED' = 'COMPLETED';

  constructor(
    readonly clientId: string,
    readonly clientSecret: string,
    readonly webhookId: string,
    private readonly baseUrl: () => string,
    private readonly tell: (merchant: VendorMerchant, type: string, resourceType: string, resource: object) => void,
  ) {}

  createOrder(body: {
    purchase_units?: Partial<VendorOrder>[];
    payment_source?: { paypal?: { experience_context?: { return_url?: string } } };
  }): VendorOrder {
    const unit = body.purchase_units?.[0];
    const amount = unit?.amount;
    if (!amount) throw VendorError.of(400, 'INVALID_REQUEST', 'MISSING_REQUIRED_PARAMETER');
    this.requireAmount(amount);
    const returnUrl = body.payment_source?.paypal?.experience_context?.return_url ?? '';
    const order: VendorOrder = {
      id: vendorId(),
      status: 'PAYER_ACTION_REQUIRED',
      amount,
      custom_id: unit.custom_id,
      invoice_id: unit.invoice_id,
      returnUrl,
      captures: [],
      refunds: [],
    };
    this.orders.set(order.id, order);
    return order;
  }

  order(id: string): VendorOrder {
    const order = this.orders.get(id);
    if (!order) throw VendorError.notFound();
    return order;
  }

  /** The buyer presses "Pay now" at PayPal. */
  approve(id: string): void {
    const order = this.order(id);
    order.status = 'APPROVED';
    this.tell(this, 'CHECKOUT.ORDER.APPROVED', 'checkout-order', this.shown(order));
  }

  captureOrder(id: string): VendorOrder {
    const order = this.order(id);
    if (order.captures.length > 0) throw VendorError.unprocessable('ORDER_ALREADY_CAPTURED');
    if (order.status !== 'APPROVED') throw VendorError.unprocessable('ORDER_NOT_APPROVED');
    if (this.captures === 'instrument_declined') throw VendorError.unprocessable('INSTRUMENT_DECLINED');
    const isUsed = [...this.orders.values()].some(({ invoice_id, captures }) => invoice_id === order.invoice_id && captures.length > 0);
    if (order.invoice_id !== undefined && isUsed) throw VendorError.unprocessable('DUPLICATE_INVOICE_ID');
    const now = new Date().toISOString();
    const capture: VendorCapture = {
      id: vendorId(),
      status: 'PENDING',
      amount: order.amount,
      custom_id: order.custom_id,
      invoice_id: order.invoice_id,
      supplementary_data: { related_ids: { order_id: order.id } },
      create_time: now,
      update_time: now,
    };
    order.captures.push(capture);
    order.status = 'COMPLETED';
    if (this.captures === 'later') capture.status_details = { reason: 'ECHECK' };
    if (this.captures === 'later') this.tell(this, 'PAYMENT.CAPTURE.PENDING', 'capture', capture);
    else this.decideCapture(order.id, this.captures === 'completed' ? 'COMPLETED' : 'DECLINED');
    return order;
  }

  /** What the bank says in the end. */
  decideCapture(orderId: string, status: 'COMPLETED' | 'DECLINED'): void {
    const capture = this.order(orderId).captures[0];
    if (!capture) throw new Error('the order was not captured');
    Object.assign(capture, { status, update_time: new Date().toISOString(), status_details: undefined });
    if (status === 'DECLINED') capture.status_details = { reason: 'DECLINED_BY_RISK_FRAUD_FILTERS' };
    this.tell(this, `PAYMENT.CAPTURE.${status === 'COMPLETED' ? 'COMPLETED' : 'DENIED'}`, 'capture', capture);
  }

  capture(id: string): VendorCapture {
    const capture = [...this.orders.values()].flatMap(({ captures }) => captures).find((candidate) => candidate.id === id);
    if (!capture) throw VendorError.notFound();
    return capture;
  }

  refundCapture(captureId: string, body: { amount?: VendorMoney; custom_id?: string; note_to_payer?: string }): VendorRefund {
    const capture = this.capture(captureId);
    const order = this.order(capture.supplementary_data.related_ids.order_id);
    if (capture.status === 'PENDING') throw VendorError.unprocessable('PENDING_CAPTURE');
    if (!TAKEN.includes(capture.status)) throw VendorError.unprocessable('REFUND_NOT_ALLOWED');
    const done = order.refunds.filter(({ status }) => status !== 'FAILED').reduce((sum, { amount }) => sum + Number(amount.value), 0);
    const left = Number(capture.amount.value) - done;
    const amount = body.amount ?? { ...capture.amount, value: String(left) };
    this.requireAmount(amount);
    if (left <= 0) throw VendorError.unprocessable('CAPTURE_FULLY_REFUNDED');
    if (Number(amount.value) > left + 1e-9) throw VendorError.unprocessable('REFUND_AMOUNT_EXCEEDED');
    const now = new Date().toISOString();
    const refund: VendorRefund = {
      id: vendorId(),
      status: 'PENDING',
      amount,
      custom_id: body.custom_id ?? capture.custom_id ?? '',
      note_to_payer: body.note_to_payer,
      create_time: now,
      update_time: now,
      links: [{ rel: 'up', method: 'GET', href: `${this.baseUrl()}/v2/payments/captures/${capture.id}` }],
    };
    order.refunds.push(refund);
    capture.status = Number(amount.value) < left ? 'PARTIALLY_REFUNDED' : 'REFUNDED';
    if (this.refundStatus === 'PENDING') this.tell(this, 'PAYMENT.REFUND.PENDING', 'refund', refund);
    else this.decideRefund(refund.id, this.refundStatus);
    return refund;
  }

  decideRefund(id: string, status: 'COMPLETED' | 'FAILED'): void {
    const refund = this.refund(id);
    Object.assign(refund, { status, update_time: new Date().toISOString() });
    this.tell(this, status === 'COMPLETED' ? 'PAYMENT.CAPTURE.REFUNDED' : 'PAYMENT.REFUND.FAILED', 'refund', refund);
  }

  refund(id: string): VendorRefund {
    const refund = [...this.orders.values()].flatMap(({ refunds }) => refunds).find((candidate) => candidate.id === id);
    if (!refund) throw VendorError.notFound();
    return refund;
  }

  /** A bank takes a payment back without PayPal's asking anybody. */
  reverse(orderId: string): VendorRefund {
    const [capture] = this.order(orderId).captures;
    if (!capture) throw new Error('the order was not captured');
    const now = new Date().toISOString();
    const links = [{ rel: 'up', method: 'GET', href: `${this.baseUrl()}/v2/payments/captures/${capture.id}` }];
    const { amount, custom_id = '' } = capture;
    const reversal: VendorRefund = { id: vendorId(), status: 'COMPLETED', amount, custom_id, create_time: now, update_time: now, links };
    this.tell(this, 'PAYMENT.CAPTURE.REVERSED', 'refund', reversal);
    return reversal;
  }

  dispute(orderId: string): VendorDispute {
    const [capture] = this.order(orderId).captures;
    if (!capture) throw new Error('the order was not captured');
    const now = new Date();
    const dispute: VendorDispute = {
      dispute_id: `PP-D-${this.disputes.size + 1}${randomBytes(3).readUIntBE(0, 3)}`,
      create_time: now.toISOString(),
      update_time: now.toISOString(),
      disputed_transactions: [{ seller_transaction_id: capture.id, custom: capture.custom_id }],
      reason: 'UNAUTHORISED',
      status: 'WAITING_FOR_SELLER_RESPONSE',
      dispute_amount: capture.amount,
      seller_response_due_date: new Date(now.getTime() + 10 * 24 * 3_600_000).toISOString(),
    };
    this.disputes.set(dispute.dispute_id, dispute);
    this.tell(this, 'CUSTOMER.DISPUTE.CREATED', 'dispute', dispute);
    return dispute;
  }

  changeDispute(id: string, change: Partial<VendorDispute>): void {
    const dispute = this.disputes.get(id);
    if (!dispute) throw VendorError.notFound();
    Object.assign(dispute, change, { update_time: new Date().toISOString() });
    this.tell(this, change.status === 'RESOLVED' ? 'CUSTOMER.DISPUTE.RESOLVED' : 'CUSTOMER.DISPUTE.UPDATED', 'dispute', dispute);
  }

  /** Somebody asks how an order stands. */
  look(id: string): object {
    const shown = structuredClone(this.shown(this.order(id)));
    const decided = this.decidedAfterLook.get(id);
    this.decidedAfterLook.delete(id);
    if (decided) this.decideCapture(id, decided);
    return shown;
  }

  /** An order as the API shows it. */
  shown({ id, status, amount, custom_id, invoice_id, captures, refunds }: VendorOrder): object {
    const links = [
      { rel: 'self', method: 'GET', href: `${this.baseUrl()}/v2/checkout/orders/${id}` },
      ...(status === 'PAYER_ACTION_REQUIRED'
        ? [{ rel: 'payer-action', method: 'GET', href: `${this.baseUrl()}/checkoutnow?token=${id}` }]
        : []),
    ];
    const payments = captures.length > 0 ? { payments: { captures, ...(refunds.length > 0 ? { refunds } : {}) } } : {};
    const unit = { reference_id: 'default', amount, custom_id, invoice_id, ...payments };
    return { id, intent: 'CAPTURE', status, payment_source: { paypal: {} }, purchase_units: [unit], links };
  }

  private requireAmount({ currency_code, value }: VendorMoney): void {
    if (!SUPPORTED.includes(currency_code)) throw VendorError.unprocessable('CURRENCY_NOT_SUPPORTED');
    if (NO_DECIMALS.includes(currency_code) && value.includes('.')) throw VendorError.unprocessable('DECIMALS_NOT_SUPPORTED');
    if (!/^\d+(\.\d{1,2})?$/.test(value)) throw VendorError.unprocessable('DECIMAL_PRECISION');
    if (Number(value) <= 0) throw VendorError.unprocessable('CANNOT_BE_ZERO_OR_NEGATIVE');
  }
}

/** 17 capital letters and digits. */
export function vendorId(): string {
  return randomBytes(16).toString('hex').toUpperCase().slice(0, 17);
}
