import { toNumber } from '../bson/value.js';
import type { Rec } from './record.js';
import type { Store } from './store.js';

/** Deletes what TTL indexes say is over. Locked documents wait for the next sweep. */
export function deleteExpired(store: Store, now: number): number {
  let deleted = 0;
  for (const collections of store.dbs.values()) {
    for (const c of collections.values()) {
      for (const ix of c.indexes.values()) {
        const seconds = ix.spec['expireAfterSeconds'];
        const [field] = ix.fields;
        if (seconds === undefined || !field) continue;
        const limit = new Date(now - toNumber(seconds) * 1000);
        const bounds = [ix.encodeField(limit, field), ix.encodeField(new Date(-8.64e15), field)].sort();
        const due: Rec[] = [];
        ix.entries.ascend(bounds[0] ?? '', `${bounds[1] ?? ''}\u0100`, (rec) => {
          due.push(rec);
          return false;
        });
        for (const rec of due) {
          if (!rec.current.exists || rec.lock) continue;
          c.remove(rec, null);
          deleted++;
        }
      }
    }
  }
  return deleted;
}
