import { Injectable } from '@nestjs/common';
import { newObjectId } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { currentContext } from '@paygate/nest-kit';
import type { ClientSession } from 'mongoose';
import type { AuditAction } from './audit-actions.js';
import { AuditTrailRepository } from './audit-trail.repository.js';
import { changedFields } from './changed-fields.js';
import { OpenDeeds } from './open-deeds.repository.js';

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

/** A deed as far as it is known before it is done. */
export type Intent = Pick<Deed, 'action' | 'scope' | 'resource'>;

/** Writes down who did what, from where, and what it changed. */
@Injectable()
export class AuditTrail {
  constructor(
    private readonly entries: AuditTrailRepository,
    private readonly open: OpenDeeds,
  ) {}

  /** In the transaction of what is told, so that neither exists without the other. */
  async record({ before, after, masked, ...intent }: Deed, at: Date, session: ClientSession): Promise<void> {
    await this.entries.append({ ...told(intent, at), changes: changedFields(before, after, masked) }, session);
  }

  /**
   * Notes what another service is about to be asked. What stays open is told as unconfirmed.
   * @returns its id, to close it
   */
  async begin(intent: Intent, at: Date): Promise<string> {
    const id = newObjectId();
    await this.open.add({ _id: id, ...told(intent, at) });
    return id;
  }

  /** @param session that of the entry, when there is one */
  async close(openDeed: string, session?: ClientSession): Promise<void> {
    await this.open.remove(openDeed, session);
  }
}

function told({ action, scope, resource }: Intent, at: Date) {
  const context = currentContext();
  return {
    chain: chainOf(scope ?? 'platform'),
    at,
    action,
    actor: context?.actor ?? 'system',
    actorName: context?.actorName,
    resource,
    address: context?.address,
    userAgent: context?.userAgent,
    requestId: context?.requestId,
  };
}
