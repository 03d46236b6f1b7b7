import { Controller } from '@nestjs/common';
import { createRefund, CreateRefundCommand, getRefund, GetRefundRequest, listRefunds, ListRefundsRequest } from '@paygate/messages';
import type { CreatedRefund, RefundPage, RefundView } from '@paygate/messages';
import { HandlesRequest } from '@paygate/messaging-kit';
import { CreateRefund } from './create-refund.js';
import { GetRefund } from './get-refund.js';
import { ListRefunds } from './list-refunds.js';

/** What other services ask of refunds. */
@Controller()
export class RefundsMessages {
  constructor(
    private readonly createUseCase: CreateRefund,
    private readonly getUseCase: GetRefund,
    private readonly listUseCase: ListRefunds,
  ) {}

  @HandlesRequest(createRefund)
  create(command: CreateRefundCommand): Promise<CreatedRefund> {
    return this.createUseCase.execute(command);
  }

  @HandlesRequest(getRefund)
  get(request: GetRefundRequest): Promise<RefundView> {
    return this.getUseCase.execute(request);
  }

  @HandlesRequest(listRefunds)
  list(request: ListRefundsRequest): Promise<RefundPage> {
    return this.listUseCase.execute(request);
  }
}
