import { textIn } from '../json-reading.js';
import type { PaypalAccess } from './paypal-access.js';
import type { PaypalClient } from './paypal-client.js';
import { undecided } from './paypal-errors.js';
import type { PaypalAnswer } from './paypal-errors.js';

/** Reads things at PayPal. */
export class PaypalReader {
  constructor(private readonly client: PaypalClient) {}

  order(access: PaypalAccess, id: string): Promise<unknown> {
    return this.read(access, `/v2/checkout/orders/${encodeURIComponent(id)}`);
  }

  capture(access: PaypalAccess, id: string): Promise<unknown> {
    return this.read(access, `/v2/payments/captures/${encodeURIComponent(id)}`);
  }

  refund(access: PaypalAccess, id: string): Promise<unknown> {
    return this.read(access, `/v2/payments/refunds/${encodeURIComponent(id)}`);
  }

  dispute(access: PaypalAccess, id: string): Promise<unknown> {
    return this.read(access, `/v1/customer/disputes/${encodeURIComponent(id)}`);
  }

  /** The disputes over a capture, as far as PayPal shows them. */
  disputesOf(access: PaypalAccess, captureId: string): Promise<unknown> {
    return this.read(access, `/v1/customer/disputes?disputed_transaction_id=${encodeURIComponent(captureId)}`);
  }

  /** @returns undefined when PayPal itself says that there is none; a bare 404 may come from elsewhere */
  private async read(access: PaypalAccess, path: string): Promise<unknown> {
    const answer = await this.client.request(access, 'GET', path);
    if (answer.status === 200) return answer.body;
    if (isUnknown(answer)) return undefined;
    throw undecided(answer);
  }
}

/** PayPal's own word that there is no such thing, or none of this merchant. */
export function isUnknown({ status, body }: PaypalAnswer): boolean {
  return status === 404 && textIn(body, 'name') === 'RESOURCE_NOT_FOUND';
}
