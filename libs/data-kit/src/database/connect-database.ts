import { setTimeout as pause } from 'node:timers/promises';
import type { LoggerService } from '@nestjs/common';
import mongoose from 'mongoose';
import type { Connection } from 'mongoose';
import { applySchemaDefaults } from './schema-defaults.js';
import { checkServer, DatabaseNotReadyError } from './server-check.js';

export interface DatabaseOptions {
  /** MongoDB connection string. */
  uri: string;
  database: string;
  /** Refuses the embedded development database. */
  production: boolean;
  /** How long the start waits for a database that does not answer yet. */
  connectWithinMs?: number;
}

const DEFAULT_WAIT_MS = 60_000;
const PAUSE_MS = 1_000;
/** Also bounds how long a request waits when the database has gone: after that it gets a 503. */
const SERVER_SELECTION_MS = 5_000;
/** mongoose and the driver each have a class for "no server found". */
const NOT_THERE_YET = ['MongooseServerSelectionError', 'MongoServerSelectionError', 'MongoNetworkError', 'MongoNetworkTimeoutError'];

/**
 * Connects to MongoDB. A database that is still starting is waited for, with a log line per attempt; what waiting
 * cannot cure (credentials, a standalone server, the development database in production) fails at once.
 */
export async function connectDatabase(options: DatabaseOptions, logger: LoggerService): Promise<Connection> {
  const { connectWithinMs = DEFAULT_WAIT_MS } = options;
  const place = withoutCredentials(options.uri);
  const endsAt = performance.now() + connectWithinMs;
  logger.log(`Connecting to MongoDB at ${place}, for at most ${connectWithinMs / 1000} s.`);
  for (;;) {
    try {
      const connection = await connectOnce(options);
      logger.log(`Connected to MongoDB at ${place}, database ${options.database}.`);
      return connection;
    } catch (error) {
      const left = endsAt - performance.now();
      if (!isWorthWaiting(error)) throw error;
      if (left <= 0) {
        throw new Error(`MongoDB at ${place} did not answer within ${connectWithinMs / 1000} s: ${reason(error)}. Check MONGODB_URI.`, {
          cause: error,
        });
      }
      logger.warn(`Waiting for MongoDB at ${place}, ${Math.ceil(left / 1000)} s left: ${reason(error)}`);
      await pause(Math.min(PAUSE_MS, left));
    }
  }
}

async function connectOnce(options: DatabaseOptions): Promise<Connection> {
  const connection = mongoose.createConnection();
  applySchemaDefaults(connection);
  try {
    await connection.openUri(options.uri, {
      dbName: options.database,
      // Collections and indexes are made once, at the start, where a failure stops it.
      autoIndex: false,
      autoCreate: false,
      // The driver waits for a server itself; a second queue in front would hide an outage for longer.
      bufferCommands: false,
      serverSelectionTimeoutMS: Math.min(SERVER_SELECTION_MS, options.connectWithinMs ?? SERVER_SELECTION_MS),
      retryWrites: true,
      appName: options.database,
    });
    await checkServer(connection, options.production);
    return connection;
  } catch (error) {
    await connection.destroy();
    throw error;
  }
}

function isWorthWaiting(error: unknown): boolean {
  return error instanceof DatabaseNotReadyError || (error instanceof Error && NOT_THERE_YET.includes(error.name));
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function withoutCredentials(uri: string): string {
  return uri.replace(/\/\/[^@/]*@/, '//').replace(/\?.*$/, '');
}
