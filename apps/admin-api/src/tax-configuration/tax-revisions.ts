import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { taxSnapshot } from '@paygate/messages';
import type { TaxSettings } from '@paygate/tax';
import type { Change } from '../changes/index.js';
import { TaxConfigurationsRepository } from './tax-configurations.repository.js';

/** What every change of settings, rates or rules has in common. */
@Injectable()
export class TaxRevisions {
  constructor(private readonly configurations: TaxConfigurationsRepository) {}

  /**
   * Makes the change the next revision of the organization's configuration and has it told to the other services. Changes of
   * one organization take turns here, so what was read before in the same change still holds when it is committed.
   */
  async raise(change: Change, scope: TenantScope, update: { settings?: TaxSettings; enabledAt?: Date } = {}): Promise<void> {
    const { enabledAt } = await this.configurations.raise(scope, update, change.session);
    if (enabledAt) change.announce(taxSnapshot, scope.organizationId);
  }
}
