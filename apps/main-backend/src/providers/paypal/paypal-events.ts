import { DomainError, isObjectId } from '@paygate/kernel';
import { dateIn, isObject, listIn, textIn } from '../json-reading.js';
import type { HookHeaders, ProviderAccount, ProviderEvent, ProviderSubject } from '../provider-adapter.js';
import { isCertificateAddress, paypalAccess } from './paypal-access.js';
import type { PaypalAccess } from './paypal-access.js';
import type { PaypalCertificates } from './paypal-certificates.js';
import type { PaypalReader } from './paypal-reader.js';
import { isSignedByPaypal, readTransmission } from './paypal-signature.js';
import { captureOwner, disputedCapture, readDispute, readOrder, readRefund, refundedCapture } from './paypal-translation.js';

/**
 * Reads notifications. The signature says that PayPal sent one; how the thing stands is asked of PayPal, because the signature
 * does not protect the body well (see isSignedByPaypal), and because an old notification may come late.
 */
export class PaypalEvents {
  constructor(
    private readonly certificates: PaypalCertificates,
    private readonly reader: PaypalReader,
  ) {}

  async read(account: ProviderAccount, rawBody: Buffer, headers: HookHeaders): Promise<readonly ProviderEvent[]> {
    const access = paypalAccess(account);
    if (!access || !(await this.isGenuine(access, account.credentials['webhookId'], rawBody, headers))) {
      throw new DomainError('webhook_signature_invalid');
    }
    const event = parse(rawBody);
    const id = textIn(event, 'id');
    const type = textIn(event, 'event_type');
    const occurredAt = dateIn(event, 'create_time');
    if (!isObject(event) || id === undefined || type === undefined || !occurredAt || !isObject(event['resource'])) {
      throw new DomainError('webhook_payload_invalid');
    }
    return [{ id, type, occurredAt, subject: await this.subject(access, type, event['resource']) }];
  }

  private async isGenuine(access: PaypalAccess, webhookId: string | undefined, rawBody: Buffer, headers: HookHeaders): Promise<boolean> {
    const transmission = readTransmission(headers);
    if (!transmission || !webhookId || !isCertificateAddress(transmission.certificateUrl, access)) return false;
    const key = await this.certificates.keyAt(transmission.certificateUrl);
    return key !== undefined && isSignedByPaypal(transmission, webhookId, rawBody, key);
  }

  private async subject(access: PaypalAccess, type: string, resource: object): Promise<ProviderSubject | undefined> {
    if (type.startsWith('CUSTOMER.DISPUTE.')) return this.dispute(access, textIn(resource, 'dispute_id'));
    if (type === 'PAYMENT.CAPTURE.REVERSED') return this.reversal(access, resource);
    if (type === 'PAYMENT.CAPTURE.REFUNDED' || type.startsWith('PAYMENT.REFUND.')) return this.refund(access, textIn(resource, 'id'));
    if (type.startsWith('PAYMENT.CAPTURE.')) return this.payment(access, (await this.owner(access, textIn(resource, 'id')))?.orderId);
    if (type.startsWith('CHECKOUT.ORDER.')) return this.payment(access, textIn(resource, 'id'));
    if (type === 'CHECKOUT.PAYMENT-APPROVAL.REVERSED') return this.payment(access, textIn(resource, 'order_id'));
    return undefined;
  }

  private async payment(access: PaypalAccess, orderId: string | undefined): Promise<ProviderSubject | undefined> {
    const order = orderId === undefined ? undefined : await this.reader.order(access, orderId);
    const payment = order === undefined ? undefined : readOrder(order);
    // The account may take payments elsewhere, too.
    return payment && isObjectId(payment.transactionId) ? { kind: 'payment', payment } : undefined;
  }

  private async refund(access: PaypalAccess, refundId: string | undefined): Promise<ProviderSubject | undefined> {
    const body = refundId === undefined ? undefined : await this.reader.refund(access, refundId);
    return this.refundOf(access, body);
  }

  /** A bank took the money back. When PayPal has made a dispute of it, that says so, and nothing is counted twice. */
  private async reversal(access: PaypalAccess, resource: object): Promise<ProviderSubject | undefined> {
    const captureId = refundedCapture(resource);
    const disputes = captureId === undefined ? undefined : await this.reader.disputesOf(access, captureId);
    if ((listIn(disputes, 'items') ?? []).length > 0) return undefined;
    return this.refundOf(access, { ...resource, custom_id: undefined });
  }

  private async refundOf(access: PaypalAccess, body: unknown): Promise<ProviderSubject | undefined> {
    const owner = await this.owner(access, refundedCapture(body));
    const refund = owner && readRefund(body, { paymentReference: owner.orderId, transactionId: owner.transactionId });
    return refund && { kind: 'refund', refund };
  }

  private async dispute(access: PaypalAccess, id: string | undefined): Promise<ProviderSubject | undefined> {
    const body = id === undefined ? undefined : await this.reader.dispute(access, id);
    const owner = await this.owner(access, disputedCapture(body));
    const dispute = owner && readDispute(body, { paymentReference: owner.orderId, transactionId: owner.transactionId });
    return dispute && { kind: 'dispute', dispute };
  }

  private async owner(access: PaypalAccess, captureId: string | undefined): Promise<ReturnType<typeof captureOwner>> {
    const capture = captureId === undefined ? undefined : await this.reader.capture(access, captureId);
    return capture === undefined ? undefined : captureOwner(capture);
  }
}

function parse(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString('utf8'));
  } catch {
    throw new DomainError('webhook_payload_invalid');
  }
}
