import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newObjectId, TenantScope } from '@paygate/kernel';
import { encodeCursor } from '@paygate/nest-kit';
import type { Page } from '@paygate/nest-kit';
import { startTestInfrastructure } from '@paygate/testing';
import type { TestInfrastructure } from '@paygate/testing';
import { Schema, Types } from 'mongoose';
import type { Model } from 'mongoose';
import { addPageIndex, findPage, tenantFilter } from '../src/index.js';
import type { Listable } from '../src/index.js';
import { startDataApp } from './data-app.js';
import type { DataApp } from './data-app.js';

interface Note extends Listable {
  _id: Types.ObjectId;
  text: string;
}

const fields = {
  organizationId: { type: String, required: true },
  livemode: { type: Boolean, required: true },
  createdAt: { type: Date, required: true },
  text: { type: String, required: true },
};
const noteSchema = new Schema<Note>(fields);
addPageIndex(noteSchema);
const slowSchema = new Schema<Note>(fields);
const narrowSchema = new Schema<Note>(fields);
addPageIndex(narrowSchema, 'text');

const mine = TenantScope.of(newObjectId(), false);
const live = TenantScope.of(mine.organizationId, true);
const foreign = TenantScope.of(newObjectId(), false);

let infrastructure: TestInfrastructure;
let app: DataApp;
let notes: Model<Note>;

beforeAll(async () => {
  infrastructure = await startTestInfrastructure({ nats: true, mongo: true });
  app = await startDataApp({
    uri: infrastructure.mongoUri,
    natsUrl: infrastructure.natsUrl,
    database: infrastructure.newDatabaseName('data_page'),
    models: [
      { name: 'Note', schema: noteSchema },
      { name: 'SlowNote', schema: slowSchema },
      { name: 'NarrowNote', schema: narrowSchema },
    ],
  });
  notes = app.connection.model<Note>('Note');
  const at = (index: number): Date => new Date(Date.UTC(2026, 0, 1) + Math.floor(index / 4) * 1_000);
  await notes.insertMany([
    // Four notes share each second, so that the order depends on the id as well.
    ...Array.from({ length: 23 }, (_, index) => ({ ...tenantFilter(mine), createdAt: at(index), text: index % 2 ? 'odd' : 'even' })),
    { ...tenantFilter(live), createdAt: at(0), text: 'live' },
    { ...tenantFilter(foreign), createdAt: at(0), text: 'foreign' },
  ]);
}, 60_000);

afterAll(async () => {
  await app.close();
  await infrastructure.stop();
}, 60_000);

const idsOf = (page: Page<Note>): string[] => page.items.map((note) => String(note._id));

async function expectedOrder(filter: object = {}): Promise<string[]> {
  const all = await notes.find({ ...tenantFilter(mine), ...filter }).lean<Note[]>();
  all.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (String(a._id) < String(b._id) ? 1 : -1));
  return all.map((note) => String(note._id));
}

describe('findPage', () => {
  it.each([1, 4, 5, 22, 23, 100])('walks the whole list by cursor, %i at a time', async (limit) => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page: Page<Note> = await findPage(notes, mine, {}, { page: 1, limit, cursor });
      expect(page.total).toBe(23);
      seen.push(...idsOf(page));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(await expectedOrder());
  });

  it('gives pages by number, and an empty one past the end', async () => {
    const pages = await Promise.all([1, 2, 3, 4].map((page) => findPage(notes, mine, {}, { page, limit: 10 })));
    expect(pages.flatMap(idsOf)).toEqual(await expectedOrder());
    expect(pages.map((page) => [page.items.length, page.page, page.total, page.nextCursor !== undefined])).toEqual([
      [10, 1, 23, true],
      [10, 2, 23, true],
      [3, 3, 23, false],
      [0, 4, 23, false],
    ]);
  });

  it('does not move when something newer arrives between two pages', async () => {
    const first = await findPage(notes, mine, {}, { page: 1, limit: 5 });
    const late = await notes.create({ ...tenantFilter(mine), createdAt: new Date(Date.UTC(2027, 0, 1)), text: 'late' });
    const second = await findPage(notes, mine, {}, { page: 1, limit: 5, cursor: first.nextCursor });
    await late.deleteOne();
    expect([...idsOf(first), ...idsOf(second)]).toEqual((await expectedOrder()).slice(0, 10));
  });

  it('combines the cursor with a filter, also on the sorted field', async () => {
    const filter = { text: 'odd', createdAt: { $gte: new Date(Date.UTC(2026, 0, 1) + 2_000) } };
    const first = await findPage(notes, mine, filter, { page: 1, limit: 3 });
    const rest = await findPage(notes, mine, filter, { page: 1, limit: 100, cursor: first.nextCursor });
    expect([...idsOf(first), ...idsOf(rest)]).toEqual(await expectedOrder(filter));
    expect(rest.total).toBe(first.total);
  });

  it('never shows another tenant, even when the filter asks for it', async () => {
    const asked = { organizationId: foreign.organizationId, livemode: true };
    const page = await findPage(notes, mine, asked, { page: 1, limit: 100 });
    expect(new Set(page.items.map((note) => `${note.organizationId} ${note.livemode}`))).toEqual(new Set([`${mine.organizationId} false`]));
    expect((await findPage(notes, live, {}, { page: 1, limit: 100 })).items.map((note) => note.text)).toEqual(['live']);
  });

  it.each(['nonsense', encodeCursor({ at: new Date(), id: 'not-an-object-id' })])('refuses the cursor %s', async (cursor) => {
    await expect(findPage(notes, mine, {}, { page: 1, limit: 5, cursor })).rejects.toMatchObject({
      code: 'validation_failed',
      details: [{ field: 'cursor' }],
    });
  });

  it('refuses a collection whose schema lacks the index', async () => {
    const slow = app.connection.model<Note>('SlowNote');
    await expect(findPage(slow, mine, {}, { page: 1, limit: 5 })).rejects.toThrow(/lacks the index/);
  });

  it('takes an index that begins with what the list is narrowed by, for such lists only', async () => {
    const narrow = app.connection.model<Note>('NarrowNote');
    expect((await findPage(narrow, mine, { text: 'odd' }, { page: 1, limit: 5 })).total).toBe(0);
    await expect(findPage(narrow, mine, {}, { page: 1, limit: 5 })).rejects.toThrow(/lacks the index/);
    await expect(findPage(narrow, mine, { _id: new Types.ObjectId() }, { page: 1, limit: 5 })).rejects.toThrow(/lacks the index/);
  });
});
