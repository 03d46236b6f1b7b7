import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import type { CreateCheckoutCommand } from '@paygate/messages';
import { canonicalAddress } from '../../postal-address/index.js';
import type { CreateCheckoutBody } from '../dto/create-checkout.body.js';
import { canonicalItems, requireItemsMatchAmount } from './canonical-items.js';

const DEFAULT_LIFE_HOURS = 24;

/**
 * The one form in which a checkout goes to its owner, whatever dialect the shop speaks.
 * @throws DomainError `validation_failed`, `items_sum_mismatch`
 */
export function canonicalCheckout(scope: TenantScope, siteId: string, body: CreateCheckoutBody): CreateCheckoutCommand {
  if (body.externalReference === undefined && body.invoiceNumber === undefined) throw missingReference();
  const items = canonicalItems(body.items ?? []);
  requireItemsMatchAmount(items, body.amount, body.currency);
  return {
    organizationId: scope.organizationId,
    livemode: scope.livemode,
    siteId,
    amount: body.amount,
    currency: body.currency,
    email: body.email,
    returnUrl: body.returnUrl,
    cancelUrl: body.cancelUrl,
    ipnUrl: body.ipnUrl,
    externalReference: body.externalReference,
    invoiceNumber: body.invoiceNumber,
    clientId: body.clientId,
    items,
    billingAddress: canonicalAddress(body.billingAddress),
    shippingAddress: canonicalAddress(body.shippingAddress),
    metadata: body.metadata,
    locale: body.locale,
    expireInHours: body.expireInHours ?? DEFAULT_LIFE_HOURS,
  };
}

function missingReference(): DomainError {
  return DomainError.invalid({
    field: 'externalReference',
    code: 'required',
    message: 'externalReference or invoiceNumber is required.',
    expected: 'a string of at most 64 characters in externalReference or invoiceNumber',
  });
}
