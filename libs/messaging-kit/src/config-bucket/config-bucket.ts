import { Inject, Injectable } from '@nestjs/common';
import { Kvm } from '@nats-io/kv';
import type { KV } from '@nats-io/kv';
import type { SnapshotContract } from '@paygate/messages';
import { NatsSession } from '../connection/nats-session.js';
import { CONFIG_BUCKET } from '../connection/topology.js';
import { checkPayload, listProblems } from '../validate-payload.js';
import { LiveView } from './live-view.js';
import type { SnapshotView } from './live-view.js';

const ID = /^[A-Za-z0-9_=-]+$/;
const RECONNECT_PATIENCE_MS = 2_000;

/**
 * Configuration that admin-api writes and every service keeps in memory, by kind and id.
 * Values are stored as JSON; secrets in them must be encrypted by the writer.
 */
@Injectable()
export class ConfigBucket {
  private bucket?: Promise<KV>;
  private readonly views = new Map<string, LiveView<object>>();

  constructor(@Inject(NatsSession) private readonly session: NatsSession) {
    this.session.onReconnect(() => {
      for (const view of this.views.values()) view.resync();
    });
  }

  /** @throws TypeError when the value does not fit its class or the id is not a key; Error when it was not stored for certain. */
  async put<T extends object>(kind: SnapshotContract<T>, id: string, value: T): Promise<void> {
    const check = checkPayload(kind.value, value);
    if ('problems' in check) throw new TypeError(`not a ${kind.kind} snapshot: ${listProblems(check.problems)}`);
    await (await this.open()).put(keyOf(kind, id), JSON.stringify(check.value));
  }

  async remove(kind: SnapshotContract<object>, id: string): Promise<void> {
    await (await this.open()).delete(keyOf(kind, id));
  }

  /**
   * All values of a kind, kept up to date. Resolves once the present values are loaded.
   * After a reconnection the view is compared with the bucket, so changes made meanwhile are told as well.
   */
  async watch<T extends object>(kind: SnapshotContract<T>): Promise<SnapshotView<T>> {
    const existing = this.views.get(kind.kind);
    // One view per kind; its element type is that of the contract with this kind.
    const view = (existing as LiveView<T> | undefined) ?? new LiveView(kind, () => this.open());
    if (!existing) {
      this.views.set(kind.kind, view as unknown as LiveView<object>);
      view.start();
    }
    await view.loaded;
    return view;
  }

  /** Stops following changes. */
  async close(): Promise<void> {
    await Promise.all([...this.views.values()].map((view) => view.stop()));
  }

  private async open(): Promise<KV> {
    if (!(await this.session.whenConnected(RECONNECT_PATIENCE_MS))) throw new Error('not connected to NATS');
    this.bucket ??= new Kvm(this.session.jetstream).open(CONFIG_BUCKET).catch((error: unknown) => {
      this.bucket = undefined;
      throw error;
    });
    return this.bucket;
  }
}

function keyOf(kind: SnapshotContract<object>, id: string): string {
  if (!ID.test(id)) throw new TypeError(`"${id}" cannot be the key of a ${kind.kind} snapshot`);
  return `${kind.kind}.${id}`;
}
