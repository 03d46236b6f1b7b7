import { Controller } from '@nestjs/common';
import { createCheckout, getCheckout, listCheckouts, updateCheckoutMetadata } from '@paygate/messages';
import type { CheckoutPage, CheckoutView, CreatedCheckout } from '@paygate/messages';
import { CheckoutRequest, CreateCheckoutCommand, ListCheckoutsRequest, UpdateCheckoutMetadataCommand } from '@paygate/messages';
import { HandlesRequest } from '@paygate/messaging-kit';
import { CreateCheckout } from './create-checkout.js';
import { GetCheckout } from './get-checkout.js';
import { ListCheckouts } from './list-checkouts.js';
import { UpdateCheckoutMetadata } from './update-checkout-metadata.js';

/** What other services ask about checkouts. */
@Controller()
export class CheckoutsMessages {
  constructor(
    private readonly createUseCase: CreateCheckout,
    private readonly getUseCase: GetCheckout,
    private readonly listUseCase: ListCheckouts,
    private readonly updateMetadataUseCase: UpdateCheckoutMetadata,
  ) {}

  @HandlesRequest(createCheckout)
  create(command: CreateCheckoutCommand): Promise<CreatedCheckout> {
    return this.createUseCase.execute(command);
  }

  @HandlesRequest(getCheckout)
  get(request: CheckoutRequest): Promise<CheckoutView> {
    return this.getUseCase.execute(request);
  }

  @HandlesRequest(listCheckouts)
  list(request: ListCheckoutsRequest): Promise<CheckoutPage> {
    return this.listUseCase.execute(request);
  }

  @HandlesRequest(updateCheckoutMetadata)
  updateMetadata(command: UpdateCheckoutMetadataCommand): Promise<CheckoutView> {
    return this.updateMetadataUseCase.execute(command);
  }
}
