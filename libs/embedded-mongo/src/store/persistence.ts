import { Long } from 'bson';
import { RawBson, type EncodableDoc } from '../bson/encode.js';
import { expectString, isDoc, toNumber, type Doc } from '../bson/value.js';
import type { BatchProgress, Session, Sessions } from '../commands/session.js';
import type { Change, Store } from './store.js';

/*
 * Journal records: { t: commit number, o: changes, s: session entry }.
 * The outcome of a retryable write or commit is in the same record as its changes, so that after a crash
 * a retry is either answered from the journal or finds nothing done.
 */

const BATCH = 500;

export function journalRecord(store: Store, changes: readonly Change[], session: Session | null): EncodableDoc {
  return {
    t: Long.fromNumber(store.timestamp),
    o: changes as unknown as EncodableDoc[],
    ...(session ? { s: sessionEntry(session) } : {}),
  };
}

function sessionEntry(s: Session): EncodableDoc {
  const entry: EncodableDoc = { id: s.id, n: Long.fromNumber(s.number), c: s.state === 'committed' };
  if (s.retry?.reply) entry['r'] = s.retry.reply;
  if (s.retry?.progress) entry['p'] = { ...s.retry.progress };
  return entry;
}

export function applyRecord(store: Store, sessions: Sessions, record: Doc): void {
  store.timestamp = Math.max(store.timestamp, toNumber(record['t']));
  for (const change of record['o'] as Doc[]) applyChange(store, change);
  const entry = record['s'];
  if (!isDoc(entry)) return;
  const s = sessions.get(expectString(entry['id'], 'session id'));
  s.number = toNumber(entry['n']);
  s.state = entry['c'] === true ? 'committed' : 'retryable';
  s.retry = null;
  if (isDoc(entry['r'])) s.retry = { reply: entry['r'] };
  else if (isDoc(entry['p'])) s.retry = { progress: entry['p'] as unknown as BatchProgress };
}

function applyChange(store: Store, change: Doc): void {
  const ns = expectString(change['n'], 'namespace');
  const details = isDoc(change['d']) ? change['d'] : {};
  switch (change['k']) {
    case 'put':
    case 'del':
      put(store, ns, change);
      return;
    case 'create':
      store.ensureCollection(ns, details);
      return;
    case 'options':
      store.setOptions(store.ensureCollection(ns), details);
      return;
    case 'drop':
      store.dropCollection(ns);
      return;
    case 'rename':
      store.renameCollection(ns, expectString(change['to'], 'namespace'));
      return;
    case 'index':
      store.createIndex(store.ensureCollection(ns), details);
      return;
    case 'dropIndex':
      store.dropIndex(store.ensureCollection(ns), expectString(change['name'], 'index name'));
      return;
    default:
      throw new Error(`journal contains an unknown change ${JSON.stringify(change['k'])}`);
  }
}

function put(store: Store, ns: string, change: Doc): void {
  const c = store.ensureCollection(ns);
  const doc = change['k'] === 'put' ? (change['d'] as Doc) : null;
  const id = doc ? doc['_id'] : (change['i'] as Doc)['_id'];
  const rec = c.recs.get(c.idKey(id));
  if (rec && doc) c.replace(rec, doc, null, true);
  else if (rec) c.remove(rec, null);
  else if (doc) c.insert(doc, null, true);
}

/** Records that rebuild the whole state. */
export function* snapshotRecords(store: Store, sessions: Sessions): Generator<EncodableDoc> {
  const t = Long.fromNumber(store.timestamp);
  for (const collections of store.dbs.values()) {
    for (const c of collections.values()) {
      const indexes = [...c.indexes.values()].slice(1).map((ix): EncodableDoc => ({ k: 'index', n: c.ns, d: ix.spec }));
      yield { t, o: [{ k: 'create', n: c.ns, d: c.options }, ...indexes] };
      let batch: EncodableDoc[] = [];
      for (const rec of c.recs.values()) {
        if (!rec.current.exists) continue;
        batch.push({ k: 'put', n: c.ns, d: new RawBson(rec.current.raw) });
        if (batch.length < BATCH) continue;
        yield { t, o: batch };
        batch = [];
      }
      if (batch.length > 0) yield { t, o: batch };
    }
  }
  for (const s of sessions.remembered()) yield { t, o: [], s: sessionEntry(s) };
}
