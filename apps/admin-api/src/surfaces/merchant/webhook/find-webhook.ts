import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import type { EndpointView } from '@paygate/messages';
import { ReadEndpoints } from '../../../webhook-endpoints/index.js';

/** The one webhook of an organization that its dashboard knows. Its other endpoints are the Admin API's. */
@Injectable()
export class FindWebhook {
  constructor(private readonly endpoints: ReadEndpoints) {}

  async execute(scope: TenantScope): Promise<EndpointView | undefined> {
    return this.endpoints.inSlot(scope, 'merchant');
  }

  /** @throws DomainError `endpoint_not_found` */
  async require(scope: TenantScope): Promise<EndpointView> {
    const found = await this.execute(scope);
    if (!found) throw new DomainError('endpoint_not_found', 'No webhook is set up; set endpoint_url first.');
    return found;
  }
}
