import type { SnapshotContract } from '@paygate/messages';

/** Where the current snapshots of one kind come from. Reads across tenants: the other services need them all. */
export interface SnapshotSource<T extends { id: string } = { id: string }> {
  readonly contract: SnapshotContract<T>;
  load(id: string): Promise<T | undefined>;
  loadAll(): Promise<T[]>;
}
