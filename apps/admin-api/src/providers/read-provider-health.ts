import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { providerHealth } from '@paygate/messages';
import type { ProviderHealthView } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import { tenantRequest } from '../upstream/index.js';

/** The health of a provider is an extra; waiting long for it would spoil the answer it decorates. */
const DEADLINE_MS = 1_000;
const UNKNOWN: ProviderHealthView = { standing: 'unknown', recentCalls: 0, recentFailures: 0 };

@Injectable()
export class ReadProviderHealth {
  constructor(private readonly rpc: RpcClient) {}

  /** How payments through the account fare; `unknown` when nobody can say. */
  async execute(scope: TenantScope, providerId: string): Promise<ProviderHealthView> {
    try {
      return await this.rpc.request(providerHealth, tenantRequest(scope, { providerId }), { deadlineMs: DEADLINE_MS });
    } catch (error) {
      if (error instanceof DomainError) return UNKNOWN;
      throw error;
    }
  }
}
