import type { Connection } from 'mongoose';

/** The server answers but must not be used. */
export class UnsuitableDatabaseError extends Error {
  override readonly name = 'UnsuitableDatabaseError';
}

/** The server answers but cannot be used yet. */
export class DatabaseNotReadyError extends Error {
  override readonly name = 'DatabaseNotReadyError';
}

/** What `buildInfo` says of a server, as far as it matters here. */
export interface BuildInfo {
  version?: string;
  modules?: unknown;
  paygateEmbedded?: unknown;
}

/** What `hello` says of a server, as far as it matters here. */
export interface Hello {
  isWritablePrimary?: boolean;
  /** Absent on a standalone server, and on a member of a replica set before its initiation. */
  setName?: string;
  isreplicaset?: boolean;
  msg?: string;
}

/** The embedded development database says so itself. */
export function isEmbedded(buildInfo: BuildInfo): boolean {
  return buildInfo.paygateEmbedded === true || (Array.isArray(buildInfo.modules) && buildInfo.modules.includes('paygate-embedded'));
}

/** @throws UnsuitableDatabaseError DatabaseNotReadyError */
export async function checkServer(connection: Connection, production: boolean): Promise<void> {
  const admin = connection.getClient().db('admin');
  const buildInfo = (await admin.command({ buildInfo: 1 })) as BuildInfo;
  const hello = (await admin.command({ hello: 1 })) as Hello;
  const reason = whyUnsuitable(buildInfo, hello, production);
  if (reason !== undefined) throw new UnsuitableDatabaseError(reason);
  if (hello.isWritablePrimary !== true) throw new DatabaseNotReadyError('the replica set has no primary yet');
}

/** What is wrong with the server and what to do, or undefined. */
export function whyUnsuitable(buildInfo: BuildInfo, hello: Hello, production: boolean): string | undefined {
  if (production && isEmbedded(buildInfo)) {
    return (
      'MONGODB_URI leads to the embedded development database, which must not hold real payments. ' +
      'Use a MongoDB 7 or 8 replica set, or start without NODE_ENV=production.'
    );
  }
  // A mongos answers with a message instead of a set name.
  if (hello.setName === undefined && hello.isreplicaset !== true && hello.msg !== 'isdbgrid') {
    return (
      'MONGODB_URI leads to a standalone MongoDB server, which has no transactions. ' +
      'Start it as a replica set (one member is enough) and run rs.initiate().'
    );
  }
  return undefined;
}
