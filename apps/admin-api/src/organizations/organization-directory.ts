import { Injectable } from '@nestjs/common';
import { AccessMemory } from '../short-cache/index.js';
import type { ShortCache } from '../short-cache/index.js';
import { OrganizationsRepository } from './organizations.repository.js';
import type { Organization } from './organizations.repository.js';

/** Finds the organization a request is about. Asked on every request, so remembered for a moment. */
@Injectable()
export class OrganizationDirectory {
  private readonly cache: ShortCache<Organization | undefined>;

  constructor(
    private readonly organizations: OrganizationsRepository,
    memory: AccessMemory,
  ) {
    this.cache = memory.newCache();
  }

  find(id: string): Promise<Organization | undefined> {
    return this.cache.get(id, () => this.organizations.findByIdForOperators(id));
  }
}
