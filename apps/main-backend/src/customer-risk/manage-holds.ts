import { Inject, Injectable } from '@nestjs/common';
import { IdempotencyKeys, Transactions } from '@paygate/data-kit';
import { DomainError, newObjectId } from '@paygate/kernel';
import type { Clock } from '@paygate/kernel';
import { tenantScopeOf } from '@paygate/messages';
import type {
  CreateCustomerRiskHoldCommand,
  CreatedCustomerRiskHold,
  CustomerRiskHoldPage,
  CustomerRiskHoldRequest,
  CustomerRiskHoldView,
  ListCustomerRiskHoldsRequest,
  ReleaseCustomerRiskHoldCommand,
} from '@paygate/messages';
import { CLOCK } from '../clock.js';
import type { HoldRecord } from './customer-risk.js';
import { CustomerRiskRepository } from './customer-risk.repository.js';

const OPERATION = 'customer-risk-hold.create';

/** What merchants do with holds. */
@Injectable()
export class ManageHolds {
  constructor(
    private readonly risk: CustomerRiskRepository,
    private readonly database: Transactions,
    private readonly idempotency: IdempotencyKeys,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws what `IdempotencyKeys.once` throws */
  async create(command: CreateCustomerRiskHoldCommand): Promise<CreatedCustomerRiskHold> {
    const scope = tenantScopeOf(command);
    const { email, clientId, action, allowedProviderTypes = [], note, idempotency } = command;
    const createdAt = this.clock.now();
    const hold = { id: newObjectId(createdAt), email, clientId, action, reason: 'manual', allowedProviderTypes, note, createdAt } as const;
    return this.database.run(async (session) => {
      const insert = async (): Promise<CustomerRiskHoldView> => present(await this.risk.insertHold(scope, hold, session));
      if (!idempotency) return Object.assign(await insert(), { replayed: false });
      const { key, requestHash } = idempotency;
      const { result, replayed } = await this.idempotency.once(session, { scope, operation: OPERATION, key, requestHash }, insert);
      return Object.assign(result, { replayed });
    });
  }

  /** @throws DomainError customer_risk_hold_not_found */
  async get(request: CustomerRiskHoldRequest): Promise<CustomerRiskHoldView> {
    const hold = await this.risk.findHold(tenantScopeOf(request), request.holdId);
    if (!hold) throw new DomainError('customer_risk_hold_not_found');
    return present(hold);
  }

  async list(request: ListCustomerRiskHoldsRequest): Promise<CustomerRiskHoldPage> {
    const { status, email, clientId, page, limit, cursor } = request;
    const found = await this.risk.list(tenantScopeOf(request), { status, email, clientId }, { page, limit, cursor });
    return { ...found, items: found.items.map(present) };
  }

  /** Answers a hold that was released before as it stands. @throws DomainError customer_risk_hold_not_found */
  async release(command: ReleaseCustomerRiskHoldCommand): Promise<CustomerRiskHoldView> {
    const released = await this.risk.release(tenantScopeOf(command), command.holdId, this.clock.now(), command.note);
    return released ? present(released) : this.get(command);
  }
}

function present(hold: HoldRecord): CustomerRiskHoldView {
  const { scope, allowedProviderTypes, releasedAt, createdAt, updatedAt, ...fields } = hold;
  return {
    ...fields,
    livemode: scope.livemode,
    allowedProviderTypes: [...allowedProviderTypes],
    releasedAt: releasedAt?.toISOString(),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
