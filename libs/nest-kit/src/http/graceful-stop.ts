import type { Server } from 'node:http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { ServiceLifecycle } from './service-lifecycle.js';

/** What closing connections to databases and queues may take once the work in flight is done. */
const CLOSE_LIMIT_MS = 5_000;
const IDLE_CHECK_MS = 50;

/**
 * Stops the service on the first SIGTERM or SIGINT and ends the process: no new connections or messages, requests in
 * flight finish within the grace period, then Nest closes. A second signal ends the process at once.
 */
export function stopOnSignals(app: NestFastifyApplication, logger: Logger, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    let signals = 0;
    const onSignal = (signal: NodeJS.Signals): void => {
      signals += 1;
      if (signals > 1) {
        logger.warn({ signal }, 'second signal, stopping at once');
        process.exit(1);
      }
      logger.info({ signal, graceMs }, 'stopping');
      const overdue = setTimeout(() => {
        logger.error('the service did not stop in time');
        process.exit(1);
      }, graceMs + CLOSE_LIMIT_MS);
      stopService(app, graceMs)
        .then((finished) => {
          clearTimeout(overdue);
          logger.info({ finished }, 'stopped');
          resolve();
          process.exit(0);
        })
        .catch((error: unknown) => {
          logger.error({ err: error }, 'the service did not stop cleanly');
          process.exit(1);
        });
    };
    process.on('SIGTERM', onSignal);
    process.on('SIGINT', onSignal);
  });
}

/**
 * Takes no more work, waits at most `graceMs` for what is in flight, then closes the application.
 * @returns whether everything in flight finished
 */
export async function stopService(app: NestFastifyApplication, graceMs: number): Promise<boolean> {
  app.get(ServiceLifecycle).beginDraining();
  const server = app.getHttpServer();
  // Nest tears modules down before it closes the server; requests in flight still need them, so the server goes first.
  const finished = await drain(server, graceMs);
  await app.close();
  return finished;
}

async function drain(server: Server, graceMs: number): Promise<boolean> {
  if (!server.listening) return true;
  let overdueTimer: NodeJS.Timeout | undefined;
  const overdue = new Promise<false>((resolve) => {
    overdueTimer = setTimeout(() => resolve(false), graceMs);
  });
  const closed = new Promise<true>((resolve) => {
    server.close(() => resolve(true));
  });
  // A connection whose request ends now was promised to stay open; nothing else would close it before its idle time is over.
  const idleTimer = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  const finished = await Promise.race([closed, overdue]);
  clearTimeout(overdueTimer);
  clearInterval(idleTimer);
  if (!finished) server.closeAllConnections();
  return finished;
}
