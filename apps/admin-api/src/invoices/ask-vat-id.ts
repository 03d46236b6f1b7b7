import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { checkVatId } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import type { TaxBuyer } from '@paygate/tax';
import { tenantRequest } from '../upstream/index.js';

type KnownVatId = Pick<TaxBuyer, 'vatId' | 'vatIdStatus' | 'consultationNumber'>;

/** What is known of a buyer's VAT id. Nobody waits long for it: without an answer there is none. */
@Injectable()
export class AskVatId {
  constructor(private readonly rpc: RpcClient) {}

  async execute(scope: TenantScope, vatId: string | undefined, countryCode: string | undefined): Promise<KnownVatId> {
    if (vatId === undefined) return {};
    try {
      const check = await this.rpc.request(checkVatId, tenantRequest(scope, { vatId, countryCode }));
      return { vatId: check.vatId, vatIdStatus: check.status, consultationNumber: check.consultationNumber };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return { vatId, vatIdStatus: 'unavailable' };
    }
  }
}
