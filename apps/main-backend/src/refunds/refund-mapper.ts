import { TenantScope } from '@paygate/kernel';
import type { RefundRecord } from './refund.js';
import type { RefundRow } from './refund.schema.js';

export function toRecord(row: RefundRow): RefundRecord {
  const { _id, organizationId, livemode, ...fields } = row;
  return { id: _id, scope: TenantScope.of(organizationId, livemode), ...fields };
}
