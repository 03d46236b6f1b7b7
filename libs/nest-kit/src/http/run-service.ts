import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { ServiceConfig } from '../config/service-config.js';
import { SERVICE_LOGGER } from '../service-kit.module.js';
import { createService } from './create-service.js';
import type { ServiceOptions } from './create-service.js';
import { stopOnSignals } from './graceful-stop.js';

/** Initialises the application, starts its message transports, then listens on HOST:PORT. */
export async function startService(app: NestFastifyApplication): Promise<void> {
  const { HOST, PORT } = app.get(ServiceConfig);
  // Modules first: a message may only arrive when what handles it is connected.
  await app.init();
  await app.startAllMicroservices();
  await app.listen({ host: HOST, port: PORT });
}

/**
 * The whole life of a service process: create, start, log "ready", stop gracefully on SIGTERM or SIGINT.
 * A failed start prints what to do and ends the process with code 1.
 * @param o the options, or a function giving them, so that a ConfigError is reported like any other start failure
 */
export async function runService<C extends ServiceConfig>(o: ServiceOptions<C> | (() => ServiceOptions<C>)): Promise<void> {
  let name = 'service';
  let config: ServiceConfig | undefined;
  try {
    const options = typeof o === 'function' ? o() : o;
    ({ name, config } = options);
    const app = await createService(options);
    const logger = app.get<Logger>(SERVICE_LOGGER);
    endOnBugs(logger);
    const stop = stopOnSignals(app, logger, config.SHUTDOWN_GRACE_MS);
    await startService(app);
    logger.info({ address: await app.getUrl(), pid: process.pid }, 'ready');
    await stop;
  } catch (error) {
    process.stderr.write(`${name} could not start: ${explainStartFailure(error, config)}\n`);
    process.exit(1);
  }
}

/** Text for the operator: what is wrong and what to change. */
export function explainStartFailure(error: unknown, config?: ServiceConfig): string {
  if (!(error instanceof Error)) return String(error);
  if (config !== undefined && 'syscall' in error && error.syscall === 'listen' && 'code' in error) {
    const where = `port ${config.PORT} on ${config.HOST}`;
    if (error.code === 'EADDRINUSE') return `${where} is already in use. Stop what uses it, or set PORT to a free port.`;
    if (error.code === 'EACCES') return `no permission to listen on ${where}. Set PORT to 1024 or more.`;
    if (error.code === 'EADDRNOTAVAIL') return `${config.HOST} is not an address of this machine. Set HOST to one that is.`;
  }
  return error.name === 'ConfigError' ? error.message : (error.stack ?? error.message);
}

/** After an error nobody expected the state of the process is unknown: say so and let the supervisor start a new one. */
function endOnBugs(logger: Logger): void {
  process.on('uncaughtException', (error, origin) => {
    logger.fatal({ err: error, origin }, 'unexpected error, the process ends');
    process.exit(1);
  });
}
