import { Controller } from '@nestjs/common';
import {
  createCustomerRiskHold,
  CreateCustomerRiskHoldCommand,
  CustomerRiskHoldRequest,
  getCustomerRiskHold,
  listCustomerRiskHolds,
  ListCustomerRiskHoldsRequest,
  releaseCustomerRiskHold,
  ReleaseCustomerRiskHoldCommand,
} from '@paygate/messages';
import type { CreatedCustomerRiskHold, CustomerRiskHoldPage, CustomerRiskHoldView } from '@paygate/messages';
import { HandlesRequest } from '@paygate/messaging-kit';
import { ManageHolds } from './manage-holds.js';

/** What other services ask about holds. */
@Controller()
export class CustomerRiskMessages {
  constructor(private readonly holds: ManageHolds) {}

  @HandlesRequest(listCustomerRiskHolds)
  list(request: ListCustomerRiskHoldsRequest): Promise<CustomerRiskHoldPage> {
    return this.holds.list(request);
  }

  @HandlesRequest(getCustomerRiskHold)
  get(request: CustomerRiskHoldRequest): Promise<CustomerRiskHoldView> {
    return this.holds.get(request);
  }

  @HandlesRequest(createCustomerRiskHold)
  create(command: CreateCustomerRiskHoldCommand): Promise<CreatedCustomerRiskHold> {
    return this.holds.create(command);
  }

  @HandlesRequest(releaseCustomerRiskHold)
  release(command: ReleaseCustomerRiskHoldCommand): Promise<CustomerRiskHoldView> {
    return this.holds.release(command);
  }
}
