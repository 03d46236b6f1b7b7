import { Controller } from '@nestjs/common';
import { DeliveryRequest, resendDelivery, tenantScopeOf } from '@paygate/messages';
import type { DeliveryView } from '@paygate/messages';
import { HandlesRequest } from '@paygate/messaging-kit';
import { presentDelivery } from '../deliveries/index.js';
import { ResendDelivery } from './resend-delivery.js';

/** What other services ask to be sent again. */
@Controller()
export class ResendingController {
  constructor(private readonly resending: ResendDelivery) {}

  @HandlesRequest(resendDelivery)
  async resend(request: DeliveryRequest): Promise<DeliveryView> {
    return presentDelivery(await this.resending.execute(tenantScopeOf(request), request.deliveryId));
  }
}
