import { Injectable } from '@nestjs/common';
import { AuditTrailRepository } from './audit-trail.repository.js';
import { chainOf } from './audit-trail.js';
import type { ChainOwner } from './audit-trail.js';
import { EntryHash, GENESIS } from './entry-hash.js';

/** `altered`: an entry's content or hash; `broken_link`: an entry removed, added or moved; `cut_off`: the newest are missing. */
export type ChainProblem = 'altered' | 'broken_link' | 'cut_off';

export interface ChainReport {
  intact: boolean;
  /** How many entries were checked. */
  entries: number;
  /** The first place where the chain is not as it was written. */
  problem?: { sequence: number; kind: ChainProblem };
}

/** Walks a chain from its beginning and looks whether anything was changed, removed or added behind the platform's back. */
@Injectable()
export class VerifyChain {
  constructor(
    private readonly trail: AuditTrailRepository,
    private readonly hashes: EntryHash,
  ) {}

  async execute(owner: ChainOwner): Promise<ChainReport> {
    const chain = chainOf(owner);
    // Read first: entries written while the walk goes on lie beyond this end.
    const end = await this.trail.endOf(chain);
    let last = { sequence: 0, hash: GENESIS };
    for await (const entry of this.trail.walk(chain)) {
      if (entry.sequence !== last.sequence + 1 || entry.previousHash !== last.hash) {
        return broken(last.sequence, last.sequence + 1, 'broken_link');
      }
      if (!this.hashes.fits(entry)) return broken(last.sequence, entry.sequence, 'altered');
      last = entry;
    }
    if (end && last.sequence < end.sequence) return broken(last.sequence, last.sequence + 1, 'cut_off');
    return { intact: true, entries: last.sequence };
  }
}

function broken(entries: number, sequence: number, kind: ChainProblem): ChainReport {
  return { intact: false, entries, problem: { sequence, kind } };
}
