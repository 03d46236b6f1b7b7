import { Controller } from '@nestjs/common';
import { checkVatId, CheckVatIdRequest, tenantScopeOf } from '@paygate/messages';
import type { VatIdCheck } from '@paygate/messages';
import { HandlesRequest } from '@paygate/messaging-kit';
import { CheckVatId } from './check-vat-id.js';

/** What other services ask about VAT ids. */
@Controller()
export class VatIdsMessages {
  constructor(private readonly check: CheckVatId) {}

  @HandlesRequest(checkVatId)
  execute(request: CheckVatIdRequest): Promise<VatIdCheck> {
    const { vatId, countryCode: country, fresh, validation } = request;
    return this.check.execute(tenantScopeOf(request), { vatId, country, fresh, validation });
  }
}
