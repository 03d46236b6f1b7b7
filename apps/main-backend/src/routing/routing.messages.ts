import { Controller } from '@nestjs/common';
import { PreviewRoutingRequest, previewRouting, providerHealth, ProviderHealthRequest } from '@paygate/messages';
import type { ProviderHealthView, RoutingPreview } from '@paygate/messages';
import { HandlesRequest } from '@paygate/messaging-kit';
import { GetProviderHealth } from './get-provider-health.js';
import { PreviewRouting } from './preview-routing.js';

/** What other services ask about routing. */
@Controller()
export class RoutingMessages {
  constructor(
    private readonly healthUseCase: GetProviderHealth,
    private readonly previewUseCase: PreviewRouting,
  ) {}

  @HandlesRequest(providerHealth)
  health(request: ProviderHealthRequest): Promise<ProviderHealthView> {
    return this.healthUseCase.execute(request);
  }

  @HandlesRequest(previewRouting)
  preview(request: PreviewRoutingRequest): Promise<RoutingPreview> {
    return this.previewUseCase.execute(request);
  }
}
