import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { OrganizationDirectory } from './organization-directory.js';

/** In which time zone days are meant where a question names none: that of the organization's profile, else UTC. */
@Injectable()
export class OrganizationZone {
  constructor(private readonly organizations: OrganizationDirectory) {}

  /** @returns the question with its zone, an IANA name */
  async for<Q extends { timezone?: string }>({ organizationId }: TenantScope, question: Q): Promise<Q & { timezone: string }> {
    const timezone = question.timezone ?? (await this.organizations.find(organizationId))?.timezone ?? 'UTC';
    return { ...question, timezone };
  }
}
