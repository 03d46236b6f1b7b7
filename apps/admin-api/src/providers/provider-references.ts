import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import type { ClientSession } from 'mongoose';

/** Something that refers to a provider. */
export interface ProviderReference {
  /** E.g. `site`. */
  type: string;
  id: string;
  name: string;
}

type FindReferences = (scope: TenantScope, providerId: string, session: ClientSession) => Promise<ProviderReference[]>;

/** Who refers to providers. A part of the service whose records do registers here, so that none is deleted under its hands. */
@Injectable()
export class ProviderReferences {
  private readonly finders: FindReferences[] = [];

  register(find: FindReferences): void {
    this.finders.push(find);
  }

  async to(scope: TenantScope, providerId: string, session: ClientSession): Promise<ProviderReference[]> {
    const found: ProviderReference[] = [];
    for (const find of this.finders) found.push(...(await find(scope, providerId, session)));
    return found;
  }
}
