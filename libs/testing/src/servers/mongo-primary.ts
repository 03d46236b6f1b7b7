import mongoose from 'mongoose';

/** True once the server at `port` accepts writes. A new replica-set node is initiated with itself as the only member. */
export async function isWritablePrimary(port: number): Promise<boolean> {
  const client = new mongoose.mongo.MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, { serverSelectionTimeoutMS: 500 });
  try {
    await client.connect();
    const admin = client.db('admin');
    const hello = await admin.command({ hello: 1 });
    if (hello['isWritablePrimary'] === true) return true;
    if (hello['setName'] === undefined) {
      await admin.command({ replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host: `127.0.0.1:${port}` }] } });
    }
    return false;
  } finally {
    await client.close();
  }
}
