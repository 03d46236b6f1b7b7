import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A merchant that notes how long after the status change its first notification came, and answers after a while, or never. */
export class PacedReceiver {
  /** Milliseconds from the status change to the request, by transaction, of each first request. */
  readonly lags = new Map<string, number>();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  /** @param answerAfterMs 0 for at once */
  static start(answerAfterMs = 0): Promise<PacedReceiver> {
    return new Promise((resolve) => {
      const server = createServer();
      server.listen(0, '127.0.0.1', () => {
        const receiver = new PacedReceiver(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}/ipn`);
        server.on('request', (request, response) => {
          const arrivedAt = Date.now();
          const chunks: Buffer[] = [];
          request.on('data', (chunk: Buffer) => chunks.push(chunk));
          request.on('error', () => response.destroy());
          request.once('end', () => {
            receiver.note(Buffer.concat(chunks).toString(), arrivedAt);
            if (answerAfterMs === 0) response.end('OK');
            else setTimeout(() => response.end('OK'), answerAfterMs).unref();
          });
        });
        resolve(receiver);
      });
    });
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private note(body: string, arrivedAt: number): void {
    const { id, occurredAt } = JSON.parse(body) as { id: string; occurredAt: string };
    if (!this.lags.has(id)) this.lags.set(id, arrivedAt - Date.parse(occurredAt));
  }
}

/** @param share e.g. 0.99 */
export function quantile(values: Iterable<number>, share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
