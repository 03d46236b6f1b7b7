import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { SnapshotContract } from '@paygate/messages';
import { ConfigBucket } from '@paygate/messaging-kit';
import type { SnapshotView } from '@paygate/messaging-kit';
import type { SnapshotSource } from './snapshot-source.js';

const MAX_ROUNDS = 5;

/** Keeps the configuration bucket equal to the database of this service. */
@Injectable()
export class ConfigurationPublisher {
  private readonly sources = new Map<string, SnapshotSource>();

  constructor(private readonly bucket: ConfigBucket) {}

  register(source: SnapshotSource): void {
    this.sources.set(source.contract.kind, source);
  }

  /**
   * Tells the other services the present state of one record. The record is read again after the write: when two writers
   * publish at once, the one who wrote the older state to the bucket notices and writes the newer one.
   */
  async publish(contract: SnapshotContract<{ id: string }>, id: string): Promise<void> {
    const source = this.sources.get(contract.kind);
    if (!source) throw new Error(`nobody provides snapshots of kind ${contract.kind}`);
    let current = await source.load(id);
    for (let round = 0; round < MAX_ROUNDS; round++) {
      if (current) await this.bucket.put(contract, id, current);
      else await this.bucket.remove(contract, id);
      const after = await source.load(id);
      if (isDeepStrictEqual(after, current)) return;
      current = after;
    }
  }

  /** Repairs what a crash or an outage between database and bucket left behind. Returns how many entries were wrong. */
  async reconcile(): Promise<number> {
    let repaired = 0;
    for (const source of this.sources.values()) repaired += await this.reconcileKind(source);
    return repaired;
  }

  private async reconcileKind(source: SnapshotSource): Promise<number> {
    const published = await this.bucket.watch(source.contract);
    const wrong = (await source.differing?.(published.values())) ?? (await this.compare(source, published));
    for (const id of wrong) await this.publish(source.contract, id);
    return wrong.length;
  }

  private async compare(source: SnapshotSource, published: SnapshotView<{ id: string }>): Promise<string[]> {
    const current = new Map((await source.loadAll()).map((snapshot) => [snapshot.id, snapshot]));
    const stale = published.values().filter(({ id }) => !current.has(id));
    const changed = [...current.values()].filter((snapshot) => !isSame(published.get(snapshot.id), snapshot));
    return [...stale, ...changed].map(({ id }) => id);
  }
}

/** Compares as JSON, the form in the bucket, where a property that is undefined does not exist. */
function isSame(published: object | undefined, current: object): boolean {
  return published !== undefined && isDeepStrictEqual(asJson(published), asJson(current));
}

function asJson(value: object): unknown {
  return JSON.parse(JSON.stringify(value));
}
