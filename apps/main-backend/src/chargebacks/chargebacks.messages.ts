import { Controller } from '@nestjs/common';
import {
  getChargeback,
  GetChargebackRequest,
  listChargebacks,
  ListChargebacksRequest,
  updateChargeback,
  UpdateChargebackCommand,
} from '@paygate/messages';
import type { ChargebackPage, ChargebackView } from '@paygate/messages';
import { HandlesRequest } from '@paygate/messaging-kit';
import { GetChargeback } from './get-chargeback.js';
import { ListChargebacks } from './list-chargebacks.js';
import { UpdateChargeback } from './update-chargeback.js';

/** What other services ask of chargebacks. */
@Controller()
export class ChargebacksMessages {
  constructor(
    private readonly updateUseCase: UpdateChargeback,
    private readonly getUseCase: GetChargeback,
    private readonly listUseCase: ListChargebacks,
  ) {}

  @HandlesRequest(updateChargeback)
  update(command: UpdateChargebackCommand): Promise<ChargebackView> {
    return this.updateUseCase.execute(command);
  }

  @HandlesRequest(getChargeback)
  get(request: GetChargebackRequest): Promise<ChargebackView> {
    return this.getUseCase.execute(request);
  }

  @HandlesRequest(listChargebacks)
  list(request: ListChargebacksRequest): Promise<ChargebackPage> {
    return this.listUseCase.execute(request);
  }
}
