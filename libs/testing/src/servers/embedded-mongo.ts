import { isWritablePrimary } from './mongo-primary.js';
import { nodeArguments } from './node-arguments.js';
import type { RunningServer } from './running-server.js';
import { ServerProcess } from './server-process.js';
import type { Placement } from './server-process.js';

/** The stand-in in a process of its own, so that it can be killed like a real server. Runs from the sources when this file does. */
export async function startEmbeddedMongoProcess(placement: Placement): Promise<RunningServer> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const program = new URL(`./embedded-mongo.main.${extension}`, import.meta.url);
  return ServerProcess.start(
    {
      name: 'the embedded MongoDB stand-in',
      command: process.execPath,
      // A small nursery would be emptied all the time.
      args: ({ port, directory }) => ['--max-semi-space-size=64', ...nodeArguments(program), directory, String(port)],
      // Not the flags of Jest.
      env: { PATH: process.env['PATH'], NODE_ENV: 'test' },
      url: (port) => `mongodb://127.0.0.1:${port}/?replicaSet=rs0`,
      answers: isWritablePrimary,
      installHint: 'It is part of this workspace; run npm install.',
    },
    placement,
  );
}
