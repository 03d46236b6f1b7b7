import { Long, ObjectId } from 'bson';
import { MAX_DOCUMENT_BYTES } from '../store/collection.js';
import { MAX_MESSAGE_BYTES } from '../wire/message.js';
import { clusterTime, type Handler } from './context.js';

export const SERVER_VERSION = '8.0.0';
const MAX_WIRE_VERSION = 25;
const ELECTION_ID = new ObjectId('7fffffff0000000000000001');

/**
 * A one-node replica set whose only member is primary: drivers offer transactions on nothing less.
 * Without `topologyVersion` they ask again from time to time instead of waiting on an open request.
 */
export const hello: Handler = (ctx) => {
  const address = ctx.connection.address;
  return {
    ...(ctx.name === 'hello' ? { isWritablePrimary: true } : { ismaster: true }),
    helloOk: true,
    hosts: [address],
    setName: 'rs0',
    setVersion: 1,
    secondary: false,
    primary: address,
    me: address,
    electionId: ELECTION_ID,
    lastWrite: { opTime: { ts: clusterTime(ctx.store), t: Long.ONE }, lastWriteDate: ctx.now },
    maxBsonObjectSize: MAX_DOCUMENT_BYTES,
    maxMessageSizeBytes: MAX_MESSAGE_BYTES,
    maxWriteBatchSize: 100_000,
    localTime: ctx.now,
    logicalSessionTimeoutMinutes: 30,
    connectionId: ctx.connection.id,
    minWireVersion: 0,
    maxWireVersion: MAX_WIRE_VERSION,
    readOnly: false,
  };
};

/** Says what it is, so that a service can refuse it in production. */
export const buildInfo: Handler = () => ({
  version: SERVER_VERSION,
  gitVersion: 'paygate-embedded',
  modules: ['paygate-embedded'],
  paygateEmbedded: true,
  versionArray: [...SERVER_VERSION.split('.').map(Number), 0],
  storageEngines: ['paygateEmbedded'],
  bits: 64,
  debug: false,
  maxBsonObjectSize: MAX_DOCUMENT_BYTES,
});

export const nothing: Handler = () => ({});

export const whatsmyuri: Handler = (ctx) => ({ you: ctx.connection.peer });

export const connectionStatus: Handler = () => ({
  authInfo: { authenticatedUsers: [], authenticatedUserRoles: [], authenticatedUserPrivileges: [] },
});
