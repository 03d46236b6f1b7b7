import { expectString, isDoc, numberOr, type Doc } from '../bson/value.js';
import { fail, MongoError, unsupported } from '../errors.js';
import type { CommandContext, Handler } from './context.js';

/** `failCommand`: makes chosen commands fail, hang or lose their connection, for tests of error handling. */
export interface FailPoint {
  remaining: number;
  skip: number;
  readonly data: Doc;
}

/** What a hit fail point does to the command. */
export interface FailPointHit {
  readonly closeConnection: boolean;
  readonly blockMs: number;
  readonly error: MongoError | null;
  readonly writeConcernError: Doc | null;
  readonly errorLabels: readonly string[] | null;
}

export const configureFailPoint: Handler = (ctx) => {
  const { command, server } = ctx;
  if (command['configureFailPoint'] !== 'failCommand') unsupported(`fail point ${JSON.stringify(command['configureFailPoint'])}`);
  const mode = command['mode'];
  if (mode === 'off') {
    server.failPoint = null;
    return {};
  }
  if (mode !== 'alwaysOn' && !isDoc(mode)) fail(9, "fail point mode must be 'off', 'alwaysOn' or { times, skip }");
  server.failPoint = {
    remaining: isDoc(mode) ? numberOr(mode['times'], Infinity) : Infinity,
    skip: isDoc(mode) ? numberOr(mode['skip'], 0) : 0,
    data: isDoc(command['data']) ? command['data'] : {},
  };
  return {};
};

/** Takes one turn of the fail point when it applies to this command. */
export function hitFailPoint(ctx: CommandContext): FailPointHit | null {
  const point = ctx.server.failPoint;
  if (!point || ctx.name === 'configureFailPoint') return null;
  const { data } = point;
  const names = data['failCommands'];
  if (!Array.isArray(names) || !names.includes(ctx.name)) return null;
  if (data['appName'] !== undefined && data['appName'] !== ctx.connection.appName) return null;
  if (point.skip > 0) {
    point.skip--;
    return null;
  }
  if (--point.remaining <= 0) ctx.server.failPoint = null;
  const labels = Array.isArray(data['errorLabels']) ? data['errorLabels'].map((l) => expectString(l, 'errorLabels')) : null;
  const writeConcernError = isDoc(data['writeConcernError']) ? data['writeConcernError'] : null;
  const code = numberOr(data['errorCode'], 0);
  return {
    closeConnection: data['closeConnection'] === true,
    blockMs: data['blockConnection'] === true ? numberOr(data['blockTimeMS'], 0) : 0,
    error: code !== 0 && !writeConcernError ? new MongoError(code, "Failing command via 'failCommand' failpoint") : null,
    writeConcernError,
    errorLabels: labels,
  };
}
