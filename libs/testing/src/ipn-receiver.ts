import { setMaxListeners } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ReceivedRequest {
  method: string;
  /** With the query string, as sent. */
  path: string;
  headers: IncomingHttpHeaders;
  /** The exact bytes, so that signatures can be verified. */
  rawBody: Buffer;
  receivedAt: Date;
}

export interface Reply {
  /** Default 200. */
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  /** How long the receiver thinks before it answers. Default 0. */
  delayMs?: number;
}

interface Waiter {
  matches: (request: ReceivedRequest) => boolean;
  resolve: (request: ReceivedRequest) => void;
}

/** A merchant's server: records every request and answers as the test tells it to. Listens on a free port of the loopback. */
export class IpnReceiver {
  /** Everything received so far, oldest first. */
  readonly requests: ReceivedRequest[] = [];
  private readonly unread: ReceivedRequest[] = [];
  private readonly waiters = new Set<Waiter>();
  private readonly stopping = new AbortController();
  private answer: Reply | ((request: ReceivedRequest) => Reply) = {};

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async start(): Promise<IpnReceiver> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    const receiver = new IpnReceiver(server, (server.address() as AddressInfo).port);
    // Every answer that is being delayed listens for the end.
    setMaxListeners(0, receiver.stopping.signal);
    server.on('request', (request, response) => {
      // A sender that hangs up half-way is part of the tests; the failure belongs to the sender.
      receiver.handle(request, response).catch(() => response.destroy());
    });
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** From now on answers so; a function decides request by request. */
  reply(answer: Reply | ((request: ReceivedRequest) => Reply)): void {
    this.answer = answer;
  }

  /**
   * The oldest request that fits and that no earlier `next` has returned; waits for one to arrive.
   * @throws Error when none fits within `timeoutMs`, saying how many others came.
   */
  async next(predicate: (request: ReceivedRequest) => boolean = () => true, timeoutMs = 15_000): Promise<ReceivedRequest> {
    const index = this.unread.findIndex(predicate);
    const [found] = index < 0 ? [] : this.unread.splice(index, 1);
    if (found) return found;
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        matches: predicate,
        resolve: (request) => {
          clearTimeout(timer);
          this.waiters.delete(waiter);
          resolve(request);
        },
      };
      const timer = setTimeout(() => {
        this.waiters.delete(waiter);
        reject(new Error(`no matching request within ${timeoutMs} ms; ${this.requests.length} received in all`));
      }, timeoutMs);
      this.waiters.add(waiter);
    });
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const received: ReceivedRequest = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      rawBody: Buffer.concat(chunks),
      receivedAt: new Date(),
    };
    this.record(received);
    const reply = typeof this.answer === 'function' ? this.answer(received) : this.answer;
    if (reply.delayMs) await sleep(reply.delayMs, undefined, { signal: this.stopping.signal });
    response.writeHead(reply.status ?? 200, reply.headers).end(reply.body ?? '');
  }

  private record(request: ReceivedRequest): void {
    this.requests.push(request);
    for (const waiter of this.waiters) {
      if (waiter.matches(request)) {
        waiter.resolve(request);
        return;
      }
    }
    this.unread.push(request);
  }
}
