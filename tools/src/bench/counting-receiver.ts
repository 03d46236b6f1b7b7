import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A merchant that answers 200 as fast as Node can, and says when enough has arrived. */
export class CountingReceiver {
  private received = 0;
  private waiting: { until: number; resolve: () => void } | undefined;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static start(): Promise<CountingReceiver> {
    return new Promise((resolve) => {
      const server = createServer();
      server.listen(0, '127.0.0.1', () => {
        const receiver = new CountingReceiver(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}/ipn`);
        server.on('request', (request, response) => {
          request.resume();
          request.once('end', () => {
            response.end('OK');
            receiver.count();
          });
        });
        resolve(receiver);
      });
    });
  }

  /** Resolves when `count` more requests have been answered. */
  expect(count: number): Promise<void> {
    return new Promise((resolve) => {
      this.waiting = { until: this.received + count, resolve };
    });
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private count(): void {
    this.received++;
    if (this.waiting && this.received >= this.waiting.until) {
      this.waiting.resolve();
      this.waiting = undefined;
    }
  }
}
