import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mongoose, { Schema, type Connection } from 'mongoose';
import { startEmbeddedMongo, type EmbeddedMongo } from '../src/index.js';

interface UserFields {
  email: string;
  name?: string;
  age?: number;
  tags: string[];
  nick?: string;
  deletedAt?: Date;
  code?: string;
  createdAt: Date;
}

const userSchema = new Schema<UserFields>(
  {
    email: { type: String, unique: true },
    name: String,
    age: Number,
    tags: [String],
    nick: { type: String, unique: true, sparse: true },
    deletedAt: Date,
    code: String,
  },
  { timestamps: true },
)
  .index({ code: 1 }, { unique: true, partialFilterExpression: { deletedAt: null } })
  .index({ name: 1, age: -1 }, { unique: true });

const userModel = (connection: Connection) => connection.model('User', userSchema);

describe('mongoose models', () => {
  let server: EmbeddedMongo;
  let connection: Connection;
  let User: ReturnType<typeof userModel>;

  beforeAll(async () => {
    server = await startEmbeddedMongo({ ttlSweepMs: 50 });
    connection = await mongoose.createConnection(server.uri, { dbName: 'models' }).asPromise();
    User = userModel(connection);
  });

  afterAll(async () => {
    await connection.close();
    await server.stop();
  });

  const filled = async () => {
    await User.init();
    await User.deleteMany({});
    await User.create([
      { email: 'a@x', name: 'A', age: 30, tags: ['p', 'q'], code: 'c1' },
      { email: 'b@x', name: 'B', age: 40, tags: ['q'], code: 'c2' },
    ]);
  };

  it('create their indexes, which then need no change', async () => {
    await filled();
    expect((await User.listIndexes()).map((i) => i['name'] as string)).toEqual(['_id_', 'email_1', 'nick_1', 'code_1', 'name_1_age_-1']);
    expect(await User.diffIndexes()).toEqual({ toDrop: [], toCreate: [] });
    await User.collection.createIndex({ other: 1 }, {}, {});
    expect(await User.syncIndexes()).toEqual(['other_1']);
  });

  it('find, count and list distinct values', async () => {
    await filled();
    expect((await User.find({ age: { $gt: 35 } }).lean()).map((u) => u.name)).toEqual(['B']);
    expect(await User.countDocuments({ tags: 'q' })).toBe(2);
    expect(await User.find({ name: /^a/i }).lean()).toHaveLength(1);
    expect(await User.distinct('tags')).toEqual(['p', 'q']);
    expect(await User.exists({ email: 'a@x' })).toBeTruthy();
    expect(await User.estimatedDocumentCount()).toBe(2);
    expect((await User.find().sort({ age: -1 }).skip(1).limit(1).select('name')).map((u) => u.name)).toEqual(['A']);
  });

  it('report duplicates with pattern and value', async () => {
    await filled();
    await expect(User.create({ email: 'a@x', name: 'Z', code: 'z' })).rejects.toMatchObject({
      code: 11000,
      keyPattern: { email: 1 },
      keyValue: { email: 'a@x' },
      message: expect.stringContaining('E11000 duplicate key error collection: models.users index: email_1 dup key: { email: "a@x" }'),
    });
    await expect(User.updateOne({ email: 'b@x' }, { email: 'a@x' })).rejects.toMatchObject({ code: 11000 });
    await expect(User.create({ email: 'c@x', name: 'A', age: 30, code: 'q' })).rejects.toMatchObject({ keyValue: { name: 'A', age: 30 } });
  });

  it('have sparse and partial unique indexes', async () => {
    await filled();
    await User.create([
      { email: 's1', name: 's1', code: 's1' },
      { email: 's2', name: 's2', code: 's2' },
    ]);
    await expect(User.create({ email: 's3', name: 's3', code: 's1' })).rejects.toMatchObject({ code: 11000 });
    await User.updateOne({ email: 's1' }, { deletedAt: new Date() });
    await User.create({ email: 's3', name: 's3', code: 's1' });
    expect(await User.countDocuments({ code: 's1' })).toBe(2);
    expect(await User.countDocuments({ code: 's1', deletedAt: null })).toBe(1);
  });

  it('find, change and insert in one step', async () => {
    await filled();
    const made = await User.findOneAndUpdate(
      { email: 'u@x' },
      { $set: { name: 'U' }, $setOnInsert: { code: 'u' }, $inc: { age: 1 } },
      { upsert: true, returnDocument: 'after' },
    );
    expect(made).toMatchObject({ age: 1, code: 'u' });
    expect(made.createdAt).toBeInstanceOf(Date);
    const again = await User.findOneAndUpdate({ email: 'u@x' }, { $inc: { age: 1 } }, { returnDocument: 'after' });
    expect([again?.age, again?.id]).toEqual([2, made.id]);
    expect(await User.findOneAndUpdate({ email: 'nobody' }, { $set: { name: 'n' } })).toBeNull();
    const sliced = await User.findOneAndUpdate(
      { email: 'u@x' },
      { $push: { tags: { $each: ['z', 'y'], $sort: 1, $slice: -1 } } },
      { returnDocument: 'after', projection: { tags: 1 } },
    );
    expect(sliced?.tags).toEqual(['z']);
    expect((await User.findOneAndDelete({ email: 'u@x' }))?.name).toBe('U');
  });

  it('save sub-documents, with positional updates and version conflicts', async () => {
    const Post = connection.model(
      'Post',
      new Schema({
        title: String,
        author: { type: Schema.Types.ObjectId, ref: 'User' },
        comments: [{ text: String, up: { type: Number, default: 0 } }],
      }),
    );
    await filled();
    const author = await User.findOne({ email: 'a@x' });
    const post = await Post.create({ title: 't', author: author?._id, comments: [{ text: '1' }, { text: '2' }] });
    const populated = await Post.findById(post._id).populate<{ author: UserFields }>('author', 'name').lean();
    expect(populated?.author.name).toBe('A');
    await Post.updateOne({ _id: post._id, 'comments.text': '2' }, { $inc: { 'comments.$.up': 5 } });
    await Post.updateOne({ _id: post._id }, { $set: { 'comments.$[c].text': 'one' } }, { arrayFilters: [{ 'c.text': '1' }] });
    const changed = await Post.findById(post._id).orFail();
    expect(changed.comments.map((c) => [c.text, c.up])).toEqual([
      ['one', 0],
      ['2', 5],
    ]);
    const [first, second] = [await Post.findById(post._id).orFail(), await Post.findById(post._id).orFail()];
    first.comments.pull(first.comments[0]?._id);
    await first.save();
    second.comments[1]!.text = 'late';
    await expect(second.save()).rejects.toThrow(mongoose.Error.VersionError);
  });

  it('write in bulk, ordered and not', async () => {
    await filled();
    const result = await User.bulkWrite([
      { insertOne: { document: { email: 'bw', name: 'bw', code: 'bw' } as UserFields } },
      { updateOne: { filter: { email: 'bw' }, update: { $set: { age: 5 } } } },
      { updateOne: { filter: { email: 'bw2' }, update: { $set: { name: 'bw2' } }, upsert: true } },
      { deleteOne: { filter: { email: 'b@x' } } },
      { replaceOne: { filter: { email: 'bw2' }, replacement: { email: 'bw2', name: 'r' } as UserFields } },
    ]);
    expect(result).toMatchObject({ insertedCount: 1, matchedCount: 2, upsertedCount: 1, deletedCount: 1 });
    const failing = User.insertMany(
      [
        { email: 'o1', name: 'o1', code: 'o1' },
        { email: 'a@x', name: 'o2', code: 'o2' },
        { email: 'o3', name: 'o3', code: 'o3' },
      ],
      { ordered: false },
    );
    await expect(failing).rejects.toMatchObject({ code: 11000 });
    expect(await User.countDocuments({ email: /^o\d/ })).toBe(2);
  });

  it('get back every type as it was stored', async () => {
    const Typed = connection.model(
      'Typed',
      new Schema({
        date: Date,
        dec: Schema.Types.Decimal128,
        big: BigInt,
        buf: Buffer,
        uuid: Schema.Types.UUID,
        dbl: Schema.Types.Double,
        i32: Schema.Types.Int32,
        map: { type: Map, of: Number },
        mixed: Schema.Types.Mixed,
        flag: Boolean,
      }),
    );
    const values = {
      date: new Date('2024-02-29T12:34:56.789Z'),
      dec: mongoose.Types.Decimal128.fromString('12345678901234567890.123456789'),
      big: 9007199254740993n,
      buf: Buffer.from([0, 255, 1]),
      uuid: '09190f70-3d30-11e5-8814-0f4df9a59c41',
      dbl: 3,
      i32: 7,
      map: { a: 1, b: 2 },
      mixed: { nested: [1, { z: null }], text: 'x' },
      flag: false,
    };
    const { _id } = await Typed.create(values);
    await Typed.updateOne({ _id }, { $inc: { big: 1 }, $set: { flag: true } });
    const back = await Typed.findById(_id).orFail();
    expect(back.date).toEqual(values.date);
    expect(String(back.dec)).toBe(String(values.dec));
    expect(back.big).toBe(9007199254740994n);
    expect(values.buf.equals(back.buf!)).toBe(true);
    expect(String(back.uuid)).toBe(values.uuid);
    expect(back.map?.get('b')).toBe(2);
    expect(back.mixed).toEqual(values.mixed);
    const raw = await Typed.collection.findOne({ _id }, { promoteValues: false });
    expect(raw).toMatchObject({ dbl: { _bsontype: 'Double' }, i32: { _bsontype: 'Int32' }, big: { _bsontype: 'Long' } });
    expect(
      await Typed.countDocuments({
        dec: { $gt: mongoose.Types.Decimal128.fromString('1') },
        big: { $gt: 9007199254740993n },
        uuid: values.uuid,
      }),
    ).toBe(1);
  });

  it('lose expired documents', async () => {
    const Token = connection.model('Token', new Schema({ name: String, until: { type: Date, expires: 1 } }));
    await Token.init();
    await Token.create(
      { name: 'old', until: new Date(Date.now() - 5000) },
      { name: 'new', until: new Date(Date.now() + 60_000) },
      { name: 'none' },
    );
    const deadline = Date.now() + 5000;
    while ((await Token.countDocuments()) > 2 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await Token.find().sort('name').lean()).map((t) => t.name)).toEqual(['new', 'none']);
  });

  it('read large results through cursors', async () => {
    const Big = connection.model('Big', new Schema({ i: Number }));
    await Big.collection.insertMany(Array.from({ length: 3000 }, (_, i) => ({ i })));
    let sum = 0;
    for await (const d of Big.find().lean().cursor({ batchSize: 200 })) sum += d.i ?? 0;
    expect(sum).toBe((2999 * 3000) / 2);
    expect((await Big.find().sort({ i: -1 }).limit(2).lean()).map((d) => d.i)).toEqual([2999, 2998]);
    const cursor = Big.find().sort({ i: 1 }).cursor();
    expect((await cursor.next())?.i).toBe(0);
    await cursor.close();
  });

  it('compare by language where a collation says so', async () => {
    const words = connection.collection('words');
    await words.createIndex({ w: 1 }, { unique: true, collation: { locale: 'en', strength: 2 } }, {});
    await words.insertOne({ w: 'Foo' });
    await expect(words.insertOne({ w: 'FOO' })).rejects.toMatchObject({ code: 11000 });
    expect(await words.countDocuments({ w: 'fOO' }, { collation: { locale: 'en', strength: 2 } })).toBe(1);
    expect(await words.countDocuments({ w: 'fOO' })).toBe(0);
  });
});
