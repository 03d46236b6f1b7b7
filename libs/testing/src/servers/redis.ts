import { firstAnswer } from './first-answer.js';
import type { RunningServer } from './running-server.js';
import { ServerProcess } from './server-process.js';
import type { Placement } from './server-process.js';

/** A redis-server with an append-only file, as in production, so `restart` finds its data. */
export async function startRedis(placement: Placement = {}): Promise<RunningServer> {
  return ServerProcess.start(
    {
      name: 'redis-server',
      command: 'redis-server',
      args: ({ port, directory }) => [
        ...['--bind', '127.0.0.1', '--port', String(port), '--dir', directory],
        ...['--save', '', '--appendonly', 'yes', '--maxmemory-policy', 'noeviction'],
      ],
      url: (port) => `redis://127.0.0.1:${port}`,
      // A server that still loads its file answers with an error instead of PONG.
      answers: async (port) => (await firstAnswer(port, 'PING\r\n')).startsWith('+PONG'),
      installHint: 'Install it: apt-get install -y redis-server',
    },
    placement,
  );
}
