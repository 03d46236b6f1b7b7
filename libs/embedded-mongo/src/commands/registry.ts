import { aggregate } from './aggregate.js';
import { bulkWrite } from './bulk-write.js';
import { collMod, create, drop, dropDatabase, listCollections, listDatabases, renameCollection } from './collections.js';
import type { Handler } from './context.js';
import { getMore, killCursors } from './cursors.js';
import { deleteCommand } from './delete.js';
import { collStats, dbStats, getParameter, replSetGetStatus, serverStatus } from './diagnostics.js';
import { explain } from './explain.js';
import { configureFailPoint } from './fail-point.js';
import { count, distinct, find } from './find.js';
import { findAndModify } from './find-and-modify.js';
import { buildInfo, connectionStatus, hello, nothing, whatsmyuri } from './handshake.js';
import { createIndexes, dropIndexes, listIndexes } from './indexes.js';
import { insert } from './insert.js';
import { abortTransaction, commitTransaction, endSessions, killAllSessions, startSession } from './transactions.js';
import { update } from './update.js';

interface Command {
  readonly handler: Handler;
  /** Fields besides the generic ones; null accepts any, where they have no influence on the answer. */
  readonly fields: ReadonlySet<string> | null;
}

function command(handler: Handler, fields: string | null): Command {
  return { handler, fields: fields === null ? null : new Set(fields.split(' ')) };
}

const BATCH = 'ordered bypassDocumentValidation';
const MODIFY = 'query sort remove update new fields upsert bypassDocumentValidation collation arrayFilters hint';
const CREATE =
  'validator validationLevel validationAction collation viewOn pipeline timeseries clusteredIndex capped size max autoIndexId expireAfterSeconds changeStreamPreAndPostImages encryptedFields idIndex';

export const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['hello', command(hello, null)],
  ['isMaster', command(hello, null)],
  ['ismaster', command(hello, null)],
  ['ping', command(nothing, null)],
  ['buildInfo', command(buildInfo, '')],
  ['buildinfo', command(buildInfo, '')],
  ['whatsmyuri', command(whatsmyuri, '')],
  ['connectionStatus', command(connectionStatus, 'showPrivileges')],
  ['logout', command(nothing, '')],

  ['insert', command(insert, `documents ${BATCH}`)],
  ['update', command(update, `updates ${BATCH}`)],
  ['delete', command(deleteCommand, `deletes ${BATCH}`)],
  ['findAndModify', command(findAndModify, MODIFY)],
  ['findandmodify', command(findAndModify, MODIFY)],
  ['bulkWrite', command(bulkWrite, `ops nsInfo errorsOnly cursor ${BATCH}`)],

  [
    'find',
    command(
      find,
      'filter sort projection hint skip limit batchSize singleBatch collation tailable awaitData noCursorTimeout allowDiskUse oplogReplay allowPartialResults',
    ),
  ],
  ['getMore', command(getMore, 'collection batchSize')],
  ['killCursors', command(killCursors, 'cursors')],
  ['count', command(count, 'query limit skip hint collation')],
  ['distinct', command(distinct, 'key query collation hint')],
  ['aggregate', command(aggregate, 'pipeline cursor explain allowDiskUse bypassDocumentValidation collation hint')],

  ['explain', command(explain, 'verbosity')],

  ['create', command(create, CREATE)],
  ['collMod', command(collMod, 'validator validationLevel validationAction viewOn pipeline')],
  ['drop', command(drop, '')],
  ['dropDatabase', command(dropDatabase, '')],
  ['renameCollection', command(renameCollection, 'to dropTarget')],
  ['listCollections', command(listCollections, 'filter nameOnly authorizedCollections cursor')],
  ['listDatabases', command(listDatabases, 'filter nameOnly authorizedDatabases')],
  ['createIndexes', command(createIndexes, 'indexes commitQuorum')],
  ['dropIndexes', command(dropIndexes, 'index')],
  ['listIndexes', command(listIndexes, 'cursor')],

  ['commitTransaction', command(commitTransaction, 'recoveryToken')],
  ['abortTransaction', command(abortTransaction, 'recoveryToken')],
  ['startSession', command(startSession, '')],
  ['refreshSessions', command(nothing, '')],
  ['endSessions', command(endSessions, '')],
  ['killAllSessions', command(killAllSessions, '')],

  ['serverStatus', command(serverStatus, null)],
  ['getParameter', command(getParameter, null)],
  ['replSetGetStatus', command(replSetGetStatus, null)],
  ['dbStats', command(dbStats, 'scale freeStorage')],
  ['collStats', command(collStats, 'scale')],
  ['configureFailPoint', command(configureFailPoint, 'mode data')],
]);
