import { Controller } from '@nestjs/common';
import {
  EndpointRequest,
  sendIpnTest,
  SendIpnTestCommand,
  sendTransaction,
  SendTransactionCommand,
  tenantScopeOf,
  testEndpoint,
} from '@paygate/messages';
import type { DeliveryView } from '@paygate/messages';
import { HandlesRequest } from '@paygate/messaging-kit';
import { presentDelivery } from '../deliveries/index.js';
import { SingleNotifications } from './single-notifications.js';

/** What other services ask to be sent apart from events. */
@Controller()
export class SingleNotificationsController {
  constructor(private readonly notifications: SingleNotifications) {}

  @HandlesRequest(testEndpoint)
  async testEndpoint(request: EndpointRequest): Promise<DeliveryView> {
    return presentDelivery(await this.notifications.testEndpoint(tenantScopeOf(request), request.endpointId));
  }

  @HandlesRequest(sendIpnTest)
  async testIpn(command: SendIpnTestCommand): Promise<DeliveryView> {
    return presentDelivery(await this.notifications.testIpn(tenantScopeOf(command), command));
  }

  @HandlesRequest(sendTransaction)
  async sendTransaction(command: SendTransactionCommand): Promise<DeliveryView> {
    return presentDelivery(await this.notifications.sendTransaction(tenantScopeOf(command), command));
  }
}
