import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { createManualTransaction } from '@paygate/messages';
import type { IdempotencyClaim, TransactionView } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import { currentContext } from '@paygate/nest-kit';
import type { Deed } from '../audit-trail/index.js';
import { Changes } from '../changes/index.js';
import { canonicalAddress } from '../postal-address/index.js';
import { SiteDirectory } from '../sites/index.js';
import { tenantRequest } from '../upstream/index.js';
import { startOf } from '../validation-rules/index.js';
import { auditedTransaction } from './audited-transaction.js';
import type { CreateManualTransactionBody } from './dto/create-manual-transaction.body.js';

@Injectable()
export class CreateManualTransaction {
  constructor(
    private readonly sites: SiteDirectory,
    private readonly rpc: RpcClient,
    private readonly changes: Changes,
  ) {}

  /** @throws DomainError `site_not_found`, `site_inactive`, `live_mode_required`, `validation_failed`, `idempotency_key_reused` */
  async execute(
    scope: TenantScope,
    body: CreateManualTransactionBody,
    idempotency: IdempotencyClaim | undefined,
  ): Promise<TransactionView> {
    const site = await this.sites.requireActive(scope, body.siteId);
    const { billingAddress, paidAt, method = 'other', ...fields } = body;
    const canonical = {
      ...{ siteId: site.id, method, idempotency },
      paidAt: startOf(paidAt)?.toISOString(),
      billingAddress: canonicalAddress(billingAddress),
    };
    const { transaction, replayed } = await this.changes.elsewhere({
      intent: { action: 'transaction.created', scope, resource: { type: 'site', id: site.id } },
      ask: () => this.rpc.request(createManualTransaction, tenantRequest(scope, fields, canonical)),
      deed: (created) => (created.replayed ? undefined : deedOf(scope, created.transaction, { method, note: body.note })),
    });
    const context = currentContext();
    if (replayed && context) context.replayed = true;
    return transaction;
  }
}

function deedOf(scope: TenantScope, transaction: TransactionView, said: { method: string; note?: string }): Deed {
  const { siteId, amount, currency, status, succeededAt } = transaction;
  const after = { siteId, amount, currency, status, succeededAt, ...said };
  return { action: 'transaction.created', scope, resource: auditedTransaction(transaction), after };
}
