import type { Connection } from 'mongoose';

/** The server answers but must not be used. */
export class UnsuitableDatabaseError extends Error {
  override readonly name = 'UnsuitableDatabaseError';
}

interface BuildInfo {
  version?: string;
  modules?: unknown;
  paygateEmbedded?: unknown;
}

interface Hello {
  setName?: string;
  msg?: string;
}

/** The embedded development database says so itself. */
export function isEmbedded(buildInfo: BuildInfo): boolean {
  return buildInfo.paygateEmbedded === true || (Array.isArray(buildInfo.modules) && buildInfo.modules.includes('paygate-embedded'));
}

/** @throws UnsuitableDatabaseError */
export async function checkServer(connection: Connection, production: boolean): Promise<void> {
  const admin = connection.getClient().db('admin');
  const buildInfo = (await admin.command({ buildInfo: 1 })) as BuildInfo;
  if (production && isEmbedded(buildInfo)) {
    throw new UnsuitableDatabaseError(
      'MONGODB_URI leads to the embedded development database, which must not hold real payments. Use a MongoDB 7 or 8 replica set, or start without NODE_ENV=production.',
    );
  }
  const hello = (await admin.command({ hello: 1 })) as Hello;
  if (hello.setName === undefined && hello.msg !== 'isdbgrid') {
    throw new UnsuitableDatabaseError(
      'MONGODB_URI leads to a standalone MongoDB server, which has no transactions. Start it as a replica set (one member is enough) and run rs.initiate().',
    );
  }
}
