import { parseArgs } from 'node:util';
import { startEmbeddedMongo } from './start.js';

/**
 * Runs the stand-in as a process: `node cli.js --port 27017 --dir ./data [--host 127.0.0.1] [--no-fsync]`.
 * Prints one JSON line when it is listening; SIGTERM and SIGINT end it after everything is on disk.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      dir: { type: 'string' },
      host: { type: 'string', default: '127.0.0.1' },
      'no-fsync': { type: 'boolean', default: false },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`--port must be a number from 0 to 65535, found ${values.port}`);
  const mongo = await startEmbeddedMongo({ dir: values.dir, port, host: values.host, fsync: !values['no-fsync'] });
  process.stdout.write(`${JSON.stringify({ listening: true, port: mongo.port, uri: mongo.uri, pid: process.pid })}\n`);
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    mongo.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        reportAndExit(error);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

function reportAndExit(error: unknown): void {
  process.stderr.write(`embedded-mongo: ${error instanceof Error ? error.message : 'unknown error'}\n`);
  process.exit(1);
}

main().catch(reportAndExit);
