import type { SnapshotContract } from '@paygate/messages';
import type { ClientSession } from 'mongoose';
import type { AuditTrail, Deed } from '../audit-trail/index.js';

/** One piece of configuration to publish again. */
export interface Announcement {
  contract: SnapshotContract<{ id: string }>;
  id: string;
}

/** What a use case may do inside {@link Changes.run}: database work with `session`, and saying what follows from it. */
export class Change {
  readonly announcements: Announcement[] = [];
  /** What was changed about access, for the hint to the other instances. */
  accessChange?: string;

  constructor(
    readonly session: ClientSession,
    readonly now: Date,
    private readonly auditTrail: AuditTrail,
  ) {}

  /** Writes an audit entry in the same transaction. */
  async record(deed: Deed): Promise<void> {
    await this.auditTrail.record(deed, this.now, this.session);
  }

  /** Publishes the record to the other services once the change is committed. */
  announce(contract: SnapshotContract<{ id: string }>, id: string): void {
    this.announcements.push({ contract, id });
  }

  /** Makes every instance forget whom it knows once the change is committed, so that it takes effect at once. */
  accessChanged(reason: string): void {
    this.accessChange = reason;
  }
}
