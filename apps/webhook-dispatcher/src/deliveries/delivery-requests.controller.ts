import { Controller } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import {
  DeliveryDetail,
  DeliveryPage,
  DeliveryRequest,
  ListDeliveriesRequest,
  getDelivery,
  listDeliveries,
  tenantScopeOf,
} from '@paygate/messages';
import { HandlesRequest } from '@paygate/messaging-kit';
import { DeliveriesRepository } from './deliveries.repository.js';
import { presentDelivery, presentHistory } from './present-delivery.js';

/** Answers what other services ask about deliveries. */
@Controller()
export class DeliveryRequestsController {
  constructor(private readonly deliveries: DeliveriesRepository) {}

  @HandlesRequest(listDeliveries)
  async list(request: ListDeliveriesRequest): Promise<DeliveryPage> {
    const page = await this.deliveries.list(tenantScopeOf(request), request, request);
    return { ...page, items: page.items.map(presentDelivery) };
  }

  @HandlesRequest(getDelivery)
  async get(request: DeliveryRequest): Promise<DeliveryDetail> {
    const history = await this.deliveries.find(tenantScopeOf(request), request.deliveryId);
    if (!history) throw new DomainError('delivery_not_found');
    return presentHistory(history);
  }
}
