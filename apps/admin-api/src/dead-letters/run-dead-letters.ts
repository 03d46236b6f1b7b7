import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DeadLetterNotFoundError, DeadLetters, MessagingModule } from '@paygate/messaging-kit';
import { createLogger, NestPinoLogger, ServiceKitModule } from '@paygate/nest-kit';
import { pino } from 'pino';
import type { AdminConfig } from '../admin-config.js';

const USAGE = 'dead-letters list [after sequence] | dead-letters replay <sequence>';

/**
 * For operators: events that were given up after their last try. `list` prints one JSON line each, oldest first; `replay`
 * puts one back into the stream. Every service knows what it has handled before, so replaying is safe.
 * @returns the lines to print @throws Error with a readable message
 */
export async function runDeadLetters(config: AdminConfig, args: readonly string[]): Promise<string[]> {
  const [command, argument] = args;
  const sequence = argument === undefined ? undefined : Number(argument);
  const fits = command === 'list' ? sequence === undefined || Number.isSafeInteger(sequence) : Number.isSafeInteger(sequence);
  if (!fits || (command !== 'list' && command !== 'replay')) throw new Error(`Usage: ${USAGE}`);
  // Standard output belongs to the result.
  const logger = createLogger('dead-letters', 'warn', pino.destination({ dest: 2, sync: true }));
  const imports = [
    ServiceKitModule.forRoot({ name: 'dead-letters', config, logger }),
    MessagingModule.forRoot({ url: config.NATS_URL, service: 'admin' }),
  ];
  const app = await NestFactory.createApplicationContext(
    { module: DeadLettersRoot, imports },
    { logger: new NestPinoLogger(logger), abortOnError: false },
  );
  try {
    const letters = app.get(DeadLetters);
    if (command === 'list') return (await letters.list({ after: sequence })).map((letter) => JSON.stringify(letter));
    await replay(letters, sequence ?? 0);
    return [`Event ${String(sequence)} is back in the stream.`];
  } finally {
    await app.close();
  }
}

async function replay(letters: DeadLetters, sequence: number): Promise<void> {
  try {
    await letters.replay(sequence);
  } catch (error) {
    if (error instanceof DeadLetterNotFoundError) throw new Error(`There is no dead letter ${sequence}; list shows those there are.`);
    throw error;
  }
}

/** Joins the modules of the command. */
@Module({})
class DeadLettersRoot {}
