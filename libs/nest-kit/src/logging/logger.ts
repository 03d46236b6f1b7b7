import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import { currentContext } from '../context/request-context.js';
import { redactKeys, redactText } from './redaction.js';

const CAUSES = 4;

/**
 * A logger writing one JSON object per line to standard output: level, time (ISO 8601), service, requestId of the
 * current context, then the fields given. Secrets and e-mail addresses are cut out of every line.
 * @param destination where lines go instead of standard output
 */
export function createLogger(service: string, level: string, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: redactKeys },
      serializers: { err: serializeError },
      mixin: () => {
        const context = currentContext();
        return context === undefined ? {} : { requestId: context.requestId };
      },
      hooks: { streamWrite: redactText },
    },
    // Lines written while a write is under way leave together; pino flushes what is left when the process ends.
    destination ?? pino.destination({ dest: 1, sync: false }),
  );
}

/**
 * An error as logged: what and where, and what caused it. Other properties stay out, because errors of drivers and
 * HTTP clients carry whole requests with their headers.
 */
export function serializeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return error;
  const code: unknown = 'code' in error ? error.code : undefined;
  return {
    type: error.name,
    message: error.message,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    stack: error.stack,
    ...(error.cause !== undefined && depth < CAUSES ? { cause: serializeError(error.cause, depth + 1) } : {}),
  };
}
