import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { systemClock } from '@paygate/kernel';
import { accessChanged } from '@paygate/messages';
import { Broadcasts } from '@paygate/messaging-kit';
import { ShortCache } from './short-cache.js';

/** The longest a change stays unnoticed when the hint about it is lost. */
const BACKSTOP_MS = 500;
const MAX_ENTRIES = 10_000;

/**
 * What this instance remembers about who may do what: keys, sessions, memberships, organizations. Everything is forgotten
 * as soon as any instance says that something of the kind was changed, and after half a second in any case.
 */
@Injectable()
export class AccessMemory implements OnModuleInit {
  private readonly caches: ShortCache<unknown>[] = [];

  constructor(private readonly broadcasts: Broadcasts) {}

  onModuleInit(): void {
    this.broadcasts.on(accessChanged, () => this.forgetAll());
  }

  newCache<V>(): ShortCache<V> {
    const cache = new ShortCache<V>({ ttlMs: BACKSTOP_MS, maxEntries: MAX_ENTRIES, clock: systemClock });
    this.caches.push(cache);
    return cache;
  }

  /** Tells every instance, this one at once. */
  announceChange(reason: string): void {
    this.forgetAll();
    this.broadcasts.send(accessChanged, { reason });
  }

  private forgetAll(): void {
    for (const cache of this.caches) cache.clear();
  }
}
