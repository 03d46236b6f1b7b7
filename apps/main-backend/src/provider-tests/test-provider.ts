import { Inject, Injectable } from '@nestjs/common';
import { PROVIDER_TEST_TIMEOUT_MS } from '@paygate/messages';
import type { ProviderTestCode, ProviderTestResult, TestProviderCommand } from '@paygate/messages';
import { SERVICE_LOGGER } from '@paygate/nest-kit';
import type { Logger } from 'pino';
import { Configuration } from '../configuration/index.js';
import { MainConfig } from '../main-config.js';
import { ProviderGateway } from '../providers/index.js';
import type { ProviderAccount } from '../providers/index.js';

/** Tries an account at a provider: whether the provider is reached and accepts the credentials. */
@Injectable()
export class TestProvider {
  constructor(
    private readonly configuration: Configuration,
    private readonly gateway: ProviderGateway,
    private readonly config: MainConfig,
    @Inject(SERVICE_LOGGER) private readonly logger: Logger,
  ) {}

  async execute({ providerId, ...command }: TestProviderCommand): Promise<ProviderTestResult> {
    let account: ProviderAccount;
    try {
      account = this.configuration.openAccount({ id: providerId, ...command });
    } catch (error) {
      this.logger.error({ err: error, providerId }, 'the credentials of a provider cannot be read');
      return result('credentials_rejected', 'The stored credentials cannot be read; enter them again.', 0);
    }
    const started = performance.now();
    const timeoutMs = Math.min(PROVIDER_TEST_TIMEOUT_MS, this.config.PROVIDER_TIMEOUT_MS);
    const { code, message } = await this.gateway.checkConnection(account, timeoutMs);
    return result(code, message, Math.round(performance.now() - started));
  }
}

function result(code: ProviderTestCode, message: string, latencyMs: number): ProviderTestResult {
  return { ok: code === 'ok', code, message, latencyMs };
}
