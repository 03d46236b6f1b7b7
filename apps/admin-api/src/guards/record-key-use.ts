import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { ApiKeysRepository } from '../api-keys/index.js';

const PRECISION_MS = 60_000;
/** Keys whose last note is remembered. Beyond it the oldest are asked about in the database again. */
const MAX_REMEMBERED = 10_000;

/** Notes when a key was last used, to the minute. The caller does not wait: the note is a courtesy, not a fact others build on. */
@Injectable()
export class RecordKeyUse implements OnApplicationShutdown {
  private readonly logger = new Logger(RecordKeyUse.name);
  private readonly recordedAt = new Map<string, number>();
  private readonly underWay = new Set<Promise<void>>();

  constructor(@Inject(ApiKeysRepository) private readonly keys: Pick<ApiKeysRepository, 'recordUseForOperators'>) {}

  record(keyId: string, now: Date): void {
    if (now.getTime() - (this.recordedAt.get(keyId) ?? 0) < PRECISION_MS) return;
    this.remember(keyId, now);
    const write = this.keys
      .recordUseForOperators(keyId, now, new Date(now.getTime() - PRECISION_MS))
      .catch((error: unknown) => this.logger.warn(`the last use of a key was not recorded: ${String(error)}`))
      .finally(() => this.underWay.delete(write));
    this.underWay.add(write);
  }

  private remember(keyId: string, now: Date): void {
    // Set anew, so that the map stays in the order of time.
    this.recordedAt.delete(keyId);
    this.recordedAt.set(keyId, now.getTime());
    const oldest = this.recordedAt.keys().next();
    if (this.recordedAt.size > MAX_REMEMBERED && !oldest.done) this.recordedAt.delete(oldest.value);
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.underWay);
  }
}
