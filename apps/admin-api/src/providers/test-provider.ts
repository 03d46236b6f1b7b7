import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { testProvider } from '@paygate/messages';
import type { ProviderTestResult } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import { Changes } from '../changes/index.js';
import { tenantRequest } from '../upstream/index.js';
import { auditedResource } from './audited-provider.js';
import { GetProvider } from './get-provider.js';

@Injectable()
export class TestProvider {
  constructor(
    private readonly getting: GetProvider,
    private readonly rpc: RpcClient,
    private readonly changes: Changes,
  ) {}

  /** Has main-backend try the account with the credentials as they are stored now. @throws DomainError `provider_not_found` */
  async execute(scope: TenantScope, id: string): Promise<ProviderTestResult> {
    const provider = await this.getting.execute(scope, id);
    const { id: providerId, type, credentials } = provider;
    const { ok, code, message, latencyMs } = await this.rpc.request(testProvider, tenantRequest(scope, { providerId, type, credentials }));
    await this.changes.run(async (change) => {
      await change.record({ action: 'provider.tested', scope, resource: auditedResource(provider), after: { ok, code, latencyMs } });
    });
    return { ok, code, message, latencyMs };
  }
}
