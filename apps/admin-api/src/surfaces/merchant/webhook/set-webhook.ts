import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import type { EndpointView, EndpointWithSecret } from '@paygate/messages';
import { CreateEndpoint, DeleteEndpoint, SwitchEndpoint, UpdateEndpoint } from '../../../webhook-endpoints/index.js';
import { withFieldNames } from '../renamed-fields.js';
import { FindWebhook } from './find-webhook.js';

export interface SetWebhookResult {
  endpoint?: EndpointView;
  /** Of a webhook that has just come into being. */
  secret?: string;
}

@Injectable()
export class SetWebhook {
  constructor(
    private readonly finding: FindWebhook,
    private readonly creating: CreateEndpoint,
    private readonly updating: UpdateEndpoint,
    private readonly switching: SwitchEndpoint,
    private readonly deleting: DeleteEndpoint,
  ) {}

  /**
   * Makes it the organization's webhook; null ends it.
   * @throws DomainError `validation_failed` naming `endpoint_url`, `too_many_endpoints`, `conflict`
   */
  async execute(scope: TenantScope, url: string | null): Promise<SetWebhookResult> {
    const known = await this.finding.execute(scope);
    if (url === null) {
      if (known) await this.deleting.execute(scope, known.endpointId);
      return {};
    }
    return withFieldNames({ url: 'endpoint_url' }, async () =>
      known ? { endpoint: await this.change(scope, known, url) } : this.create(scope, url),
    );
  }

  private async create(scope: TenantScope, url: string): Promise<SetWebhookResult> {
    let created: EndpointWithSecret;
    try {
      created = await this.creating.execute(scope, { family: 'merchant_webhook', url }, undefined, 'merchant');
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'already_exists') throw error;
      // Somebody else was faster; what is asked for is to have it this way, not to be the first.
      return { endpoint: await this.change(scope, await this.finding.require(scope), url) };
    }
    return { endpoint: created, secret: created.secret };
  }

  /** There is no other way here to make one work again that was disabled. */
  private async change(scope: TenantScope, { endpointId }: EndpointView, url: string): Promise<EndpointView> {
    const updated = await this.updating.execute(scope, endpointId, { url });
    return updated.state === 'enabled' ? updated : this.switching.execute(scope, endpointId, 'enabled');
  }
}
