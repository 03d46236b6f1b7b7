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

  /** @param slug in lower case */
  findBySlug(slug: string): Promise<Organization | undefined> {
    // No id has the form of this key.
    return this.cache.get(`slug:${slug}`, () => this.organizations.findBySlugForOperators(slug));
  }

  find(id: string): Promise<Organization | undefined> {
    return this.cache.get(id, () => this.organizations.findByIdForOperators(id));
  }
}
