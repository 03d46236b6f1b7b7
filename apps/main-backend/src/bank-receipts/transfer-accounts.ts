import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { Configuration } from '../configuration/index.js';
import { ProviderRegistry } from '../providers/index.js';
import type { TransactionRecord } from '../transactions/index.js';

/** Which of a merchant's providers are bank accounts. */
@Injectable()
export class TransferAccounts {
  constructor(
    private readonly configuration: Configuration,
    private readonly registry: ProviderRegistry,
  ) {}

  /** @throws DomainError provider_not_found, also for another tenant's; provider_not_available when it is no bank account */
  require(scope: TenantScope, providerId: string): void {
    const provider = this.configuration.provider(providerId);
    if (provider?.organizationId !== scope.organizationId || provider.livemode !== scope.livemode) {
      throw new DomainError('provider_not_found');
    }
    if (!this.isTransfer(provider.type)) {
      throw new DomainError('provider_not_available', `Providers of the type ${provider.type} do not take bank transfers.`);
    }
  }

  /** @throws DomainError invalid_transition for a payment its provider decides */
  requireTransfer({ id, status, providerType }: TransactionRecord): void {
    if (this.isTransfer(providerType)) return;
    const message = 'Only payments by bank transfer are decided by hand; this one is decided by its provider.';
    throw new DomainError('invalid_transition', message, { transactionId: id, status });
  }

  private isTransfer(type: string): boolean {
    return this.registry.get(type)?.decidedByOperator === true;
  }
}
