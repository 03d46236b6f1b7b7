import type { SnapshotContract } from '@paygate/messages';

/** Where the current snapshots of one kind come from. Reads across tenants: the other services need them all. */
export interface SnapshotSource<T extends { id: string } = { id: string }> {
  readonly contract: SnapshotContract<T>;
  load(id: string): Promise<T | undefined>;
  loadAll(): Promise<T[]>;
  /** For kinds too large to be read and compared as a whole every minute: ids of what is published and not what is stored. */
  differing?(published: readonly T[]): Promise<readonly string[]>;
}
