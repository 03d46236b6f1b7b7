import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';

type Level = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

/** Sends what Nest and classes using Nest's `Logger` write to pino, with the class name as `context`. */
export class NestPinoLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write('info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  /** Nest puts the class name last and, for errors, the stack before it. */
  private write(level: Level, message: unknown, rest: readonly unknown[]): void {
    if (!this.logger.isLevelEnabled(level)) return;
    const texts = rest.filter((part): part is string => typeof part === 'string');
    const context = texts.at(-1);
    const details = texts.slice(0, -1);
    const extra = rest.find((part) => typeof part === 'object' && part !== null);
    const fields = { ...(context === undefined ? {} : { context }), ...asFields(extra) };
    if (message instanceof Error) this.logger[level]({ ...fields, err: message }, message.message);
    else if (typeof message === 'object' && message !== null) this.logger[level]({ ...fields, ...message }, details[0]);
    else this.logger[level](details.length > 0 ? { ...fields, stack: details.join('\n') } : fields, String(message));
  }
}

function asFields(extra: unknown): object {
  if (extra instanceof Error) return { err: extra };
  return typeof extra === 'object' && extra !== null && !Array.isArray(extra) ? extra : {};
}
