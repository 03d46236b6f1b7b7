import { spawnSync } from 'node:child_process';
import { startEmbeddedMongoProcess } from './embedded-mongo.js';
import { isWritablePrimary } from './mongo-primary.js';
import type { RunningServer } from './running-server.js';
import { ServerProcess } from './server-process.js';
import type { Placement } from './server-process.js';

/** The server named by MONGODB_URI; without that a `mongod` from the PATH; without that the embedded stand-in. */
export async function startMongo(placement: Placement = {}): Promise<RunningServer> {
  const uri = process.env['MONGODB_URI'];
  if (uri) return new ExternalMongo(uri);
  const installed = spawnSync('mongod', ['--version'], { stdio: 'ignore' }).error === undefined;
  return installed ? startMongod(placement) : startEmbeddedMongoProcess(placement);
}

/** A one-node replica set: transactions need one. */
async function startMongod(placement: Placement): Promise<RunningServer> {
  return ServerProcess.start(
    {
      name: 'mongod',
      command: 'mongod',
      args: ({ port, directory }) => ['--replSet', 'rs0', '--bind_ip', '127.0.0.1', '--port', String(port), '--dbpath', directory],
      url: (port) => `mongodb://127.0.0.1:${port}/?replicaSet=rs0`,
      answers: isWritablePrimary,
      installHint: 'Install MongoDB 7 or 8, or set MONGODB_URI.',
    },
    placement,
  );
}

/** Somebody else's server: a test may use it but not end it. */
class ExternalMongo implements RunningServer {
  constructor(readonly url: string) {}

  get port(): number {
    const host = /^mongodb(?:\+srv)?:\/\/(?:[^@/]*@)?[^:/,]+:(\d+)/.exec(this.url);
    return Number(host?.[1] ?? 27017);
  }

  async stop(): Promise<void> {
    return Promise.resolve();
  }

  async kill(): Promise<void> {
    return Promise.reject(new Error('MONGODB_URI names a server that this test did not start; unset it to run the crash tests'));
  }

  async restart(): Promise<void> {
    return this.kill();
  }
}
