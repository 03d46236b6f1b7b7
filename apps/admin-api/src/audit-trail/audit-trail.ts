import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { currentContext } from '@paygate/nest-kit';
import type { ClientSession } from 'mongoose';
import type { AuditAction } from './audit-actions.js';
import { AuditTrailRepository } from './audit-trail.repository.js';
import { changedFields } from './changed-fields.js';

/** The chain of what belongs to no organization. */
const PLATFORM_CHAIN = 'platform';

/** Whose log is meant. */
export type ChainOwner = TenantScope | 'platform';

export function chainOf(owner: ChainOwner): string {
  return owner === 'platform' ? PLATFORM_CHAIN : owner.organizationId;
}

export interface Deed {
  action: AuditAction;
  /** Whose log it belongs in; absent: the platform's. */
  scope?: TenantScope;
  resource: { type: string; id: string; name?: string };
  /** The record before and after, or the part of it worth telling. Only the fields that differ are kept. */
  before?: object;
  after?: object;
  /** Fields whose values are not to be read in the log, beside those whose name says that they are secret. */
  masked?: readonly string[];
}

/** Writes down who did what, from where, and what it changed. */
@Injectable()
export class AuditTrail {
  constructor(private readonly entries: AuditTrailRepository) {}

  /** In the transaction of what is told, so that neither exists without the other. */
  async record({ action, scope, resource, before, after, masked }: Deed, at: Date, session: ClientSession): Promise<void> {
    const context = currentContext();
    await this.entries.append(
      {
        chain: chainOf(scope ?? 'platform'),
        at,
        action,
        actor: context?.actor ?? 'system',
        actorName: context?.actorName,
        resource,
        changes: changedFields(before, after, masked),
        address: context?.address,
        userAgent: context?.userAgent,
        requestId: context?.requestId,
      },
      session,
    );
  }
}
