import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Temper } from './chaos-plan.js';

/** One request that arrived at a receiver, in the order of arrival over all of them. */
export interface Arrival {
  readonly endpoint: number;
  readonly deliveryId: string;
  readonly body: string;
  /** What it was answered; undefined when the connection was cut instead. */
  readonly answer: number | undefined;
}

const SLOWEST_MS = 600;
const FAILING_SHARE = 0.3;

/** The merchants of a chaos run, each on a port of its own. */
export class ChaosReceivers {
  readonly arrivals: Arrival[] = [];
  readonly urls: string[] = [];
  private readonly servers: Server[] = [];
  private readonly ports: number[] = [];

  private constructor(
    private readonly tempers: readonly Temper[],
    private readonly random: () => number,
  ) {}

  static async start(tempers: readonly Temper[], random: () => number): Promise<ChaosReceivers> {
    const receivers = new ChaosReceivers(tempers, random);
    for (const [endpoint, temper] of tempers.entries()) {
      const server = createServer((request, response) => receivers.receive(endpoint, request, response));
      receivers.servers.push(server);
      await listen(server, 0);
      const { port } = server.address() as AddressInfo;
      receivers.ports.push(port);
      receivers.urls.push(`http://127.0.0.1:${port}/ipn`);
      if (temper === 'dead' || temper === 'gone') await close(server);
    }
    return receivers;
  }

  /** The dead are alive again, and healthy. */
  async revive(): Promise<void> {
    for (const [endpoint, temper] of this.tempers.entries()) {
      const server = this.servers[endpoint];
      if (temper === 'dead' && server) await listen(server, this.ports[endpoint] ?? 0);
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.servers.filter((server) => server.listening).map(close));
  }

  private receive(endpoint: number, request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    // A sender that was killed half-way has told nothing.
    request.on('error', () => response.destroy());
    request.once('end', () => {
      const answer = this.answerOf(endpoint);
      const deliveryId = String(request.headers['webhook-id'] ?? '');
      this.arrivals.push({ endpoint, deliveryId, body: Buffer.concat(chunks).toString('utf8'), answer });
      const reply = (): void => {
        if (answer === undefined) request.socket.destroy();
        else response.writeHead(answer).end();
      };
      if (this.tempers[endpoint] === 'slow') setTimeout(reply, this.random() * SLOWEST_MS);
      else reply();
    });
  }

  private answerOf(endpoint: number): number | undefined {
    if (this.tempers[endpoint] !== 'failing' || this.random() >= FAILING_SHARE) return 200;
    return [500, 503, undefined][Math.floor(this.random() * 3)];
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
