import { MongoClient, MongoServerError } from 'mongodb';
import { pause } from './managed-process.js';

const ALREADY_INITIALIZED = 23;
const NOT_YET_INITIALIZED = 94;

/** Makes a lone mongod a one-node replica set, which transactions need, also when its port changed since the last start. */
export async function initiateReplicaSet(port: number): Promise<void> {
  const client = await new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`).connect();
  const admin = client.db('admin');
  const members = [{ _id: 0, host: `127.0.0.1:${port}` }];
  try {
    await admin.command({ replSetInitiate: { _id: 'rs0', members } }).catch(async (error: unknown) => {
      if (!(error instanceof MongoServerError) || error.code !== ALREADY_INITIALIZED) throw error;
      const { config } = (await admin.command({ replSetGetConfig: 1 }).catch((cause: unknown) => {
        if (cause instanceof MongoServerError && cause.code === NOT_YET_INITIALIZED) return { config: { version: 0 } };
        throw cause;
      })) as { config: { version: number; members?: { host: string }[] } };
      if (config.members?.[0]?.host === members[0]?.host) return;
      await admin.command({ replSetReconfig: { ...config, version: config.version + 1, members }, force: true });
    });
    const deadline = Date.now() + 20_000;
    while (!((await admin.command({ hello: 1 })) as { isWritablePrimary: boolean }).isWritablePrimary) {
      if (Date.now() > deadline) throw new Error('mongod did not become primary');
      await pause(100);
    }
  } finally {
    await client.close();
  }
}
