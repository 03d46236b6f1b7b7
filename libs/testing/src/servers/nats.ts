import { join } from 'node:path';
import { firstAnswer } from './first-answer.js';
import type { RunningServer } from './running-server.js';
import { ServerProcess } from './server-process.js';
import type { Placement } from './server-process.js';

/** A nats-server with JetStream; streams are kept in the directory across `restart`. */
export async function startNats(placement: Placement = {}): Promise<RunningServer> {
  return ServerProcess.start(
    {
      name: 'nats-server',
      command: 'nats-server',
      args: ({ port, directory }) => ['-a', '127.0.0.1', '-p', String(port), '-js', '-sd', join(directory, 'jetstream')],
      url: (port) => `nats://127.0.0.1:${port}`,
      answers: async (port) => (await firstAnswer(port)).includes('"jetstream":true'),
      installHint: 'Install it: apt-get install -y nats-server',
    },
    placement,
  );
}
