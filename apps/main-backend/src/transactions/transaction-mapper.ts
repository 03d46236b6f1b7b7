import { TenantScope } from '@paygate/kernel';
import type { TransactionRecord } from './transaction.js';
import type { TransactionRow } from './transaction.schema.js';

export function toRecord(row: TransactionRow): TransactionRecord {
  const { _id, organizationId, livemode, polledAt: _polledAt, refunds = [], chargebacks = [], moneyVersion = 0, ...fields } = row;
  return { id: _id, scope: TenantScope.of(organizationId, livemode), ...fields, refunds, chargebacks, moneyVersion };
}
