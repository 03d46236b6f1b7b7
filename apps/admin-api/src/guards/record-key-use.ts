import { Injectable, Logger } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { ApiKeysRepository } from '../api-keys/index.js';

const PRECISION_MS = 60_000;

/** Notes when a key was last used, to the minute. The caller does not wait: the note is a courtesy, not a fact others build on. */
@Injectable()
export class RecordKeyUse implements OnApplicationShutdown {
  private readonly logger = new Logger(RecordKeyUse.name);
  private readonly recordedAt = new Map<string, number>();
  private readonly underWay = new Set<Promise<void>>();

  constructor(private readonly keys: ApiKeysRepository) {}

  record(keyId: string, now: Date): void {
    if (now.getTime() - (this.recordedAt.get(keyId) ?? 0) < PRECISION_MS) return;
    this.recordedAt.set(keyId, now.getTime());
    const write = this.keys
      .recordUseForOperators(keyId, now, new Date(now.getTime() - PRECISION_MS))
      .catch((error: unknown) => this.logger.warn(`the last use of a key was not recorded: ${String(error)}`))
      .finally(() => this.underWay.delete(write));
    this.underWay.add(write);
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.underWay);
  }
}
