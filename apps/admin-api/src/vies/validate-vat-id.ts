import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { checkVatId } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import { tenantRequest } from '../upstream/index.js';
import type { ValidateVatIdBody } from './dto/validate-vat-id.body.js';
import type { VatIdResponse } from './dto/vat-id.response.js';

@Injectable()
export class ValidateVatId {
  constructor(private readonly rpc: RpcClient) {}

  /** Has main-backend ask the Commission's service, also when it does not for the organization's buyers: here somebody wants to know. */
  async execute(scope: TenantScope, { vatId, countryCode, fresh }: ValidateVatIdBody): Promise<VatIdResponse> {
    const { status, ...known } = await this.rpc.request(
      checkVatId,
      tenantRequest(scope, { vatId, countryCode, fresh, validation: 'vies' as const }),
    );
    return { valid: status === 'valid' || status === 'recent' || status === 'format', status, ...known };
  }
}
