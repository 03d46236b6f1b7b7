import type { TargetGuard } from '@paygate/nest-kit';
import { Agent } from 'undici';
import type { Dispatcher } from 'undici';
import type { ExchangeError, OwnFault } from './exchange-error.js';
import { exchangeErrorOf } from './exchange-error.js';
import { ProxyTunnels } from './proxy-tunnels.js';

/** What came of one request. The body is the beginning of the answer, for the log. */
export type Exchange = { statusCode: number; retryAfter?: string; responseBody: string } | { error: ExchangeError | OwnFault };

export interface HttpExchangesOptions {
  guard: TargetGuard;
  /** For the whole exchange. */
  timeoutMs: number;
  connectionsPerOrigin: number;
  /** Everything goes through this proxy, see ProxyTunnels. */
  proxyUrl?: string;
  /** Certificates in PEM form that receivers may be signed with, instead of those that come with Node. */
  trustedCertificates?: string;
}

/** How much of an answer is kept, in bytes. */
export const KEPT_BYTES = 20 * 1024;
/** A longer answer is cut off together with its connection. */
const READ_BYTES = 64 * 1024;

/** An answer that need not be unpacked. */
const UNPACKED = { 'accept-encoding': 'identity' } as const;

/** Where a name has several addresses, how long the connection to one may take before the next is tried. */
const NEXT_ADDRESS_AFTER_MS = 2_000;

/** Sends requests: pooled connections, no redirects, one deadline for everything, answers capped, certificates verified. */
export class HttpExchanges {
  private readonly agent: Agent;
  private readonly tunnels: ProxyTunnels | undefined;
  /** Oldest first, and therefore also in the order of their deadlines. */
  private readonly running = new Set<RunningExchange>();
  private readonly deadlines = new Deadlines(this.running);

  constructor(private readonly options: HttpExchangesOptions) {
    const { guard, timeoutMs, trustedCertificates, proxyUrl } = options;
    this.tunnels = proxyUrl === undefined ? undefined : new ProxyTunnels({ proxyUrl, guard, timeoutMs, trustedCertificates });
    this.agent = new Agent({
      connections: options.connectionsPerOrigin,
      // The deadline below is the only clock: a receiver cannot stretch it by answering byte by byte.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: this.tunnels?.connect ?? {
        timeout: timeoutMs,
        lookup: guard.lookup,
        ca: trustedCertificates,
        autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_AFTER_MS,
      },
    });
  }

  /** Never rejects. */
  post(url: string, headers: Record<string, string>, body: string): Promise<Exchange> {
    let target: URL;
    try {
      target = this.options.guard.check(url);
    } catch (error) {
      return Promise.resolve({ error: exchangeErrorOf(error) });
    }
    return new Promise((resolve) => {
      const exchange = new RunningExchange(performance.now() + this.options.timeoutMs, (result) => {
        this.running.delete(exchange);
        resolve(result);
      });
      this.running.add(exchange);
      this.deadlines.watch();
      this.agent.dispatch(
        {
          origin: target.origin,
          path: target.pathname + target.search,
          method: 'POST',
          headers: Object.assign({}, headers, UNPACKED),
          body,
        },
        exchange,
      );
    });
  }

  /** Cuts off what is still running. */
  abort(): void {
    for (const exchange of this.running) exchange.abort('shutdown');
  }

  async close(): Promise<void> {
    this.deadlines.close();
    await this.agent.destroy();
    await this.tunnels?.close();
    this.options.guard.cancel();
  }
}

/** One timer for all exchanges: one for each would be made and cleared thousands of times a second. */
class Deadlines {
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly running: ReadonlySet<RunningExchange>) {}

  /** Makes sure that the timer rings at the next deadline, or before. */
  watch(): void {
    if (this.timer !== undefined) return;
    for (const { endsAt } of this.running) {
      this.timer = setTimeout(() => this.ring(), Math.ceil(endsAt - performance.now()));
      return;
    }
  }

  close(): void {
    clearTimeout(this.timer);
  }

  private ring(): void {
    this.timer = undefined;
    const now = performance.now();
    for (const exchange of this.running) {
      if (exchange.endsAt > now) break;
      exchange.abort('timeout');
    }
    this.watch();
  }
}

class RunningExchange implements Dispatcher.DispatchHandler {
  private controller: Dispatcher.DispatchController | undefined;
  private status: number | undefined;
  private retryAfter: string | undefined;
  /** Compressed although we asked not to: of no use in the log, and never unpacked. */
  private encoded = false;
  private readonly chunks: Buffer[] = [];
  private received = 0;

  constructor(
    readonly endsAt: number,
    private settle: ((result: Exchange) => void) | undefined,
  ) {}

  abort(error: 'timeout' | 'shutdown'): void {
    this.finish(error);
    this.controller?.abort(new Error(error));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    // Its time was over while it waited for a connection.
    if (!this.settle) controller.abort(new Error('timeout'));
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    statusCode: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (statusCode < 200) return;
    this.status = statusCode;
    const retryAfter = headers['retry-after'];
    this.encoded = String(headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity';
    this.retryAfter = Array.isArray(retryAfter) ? retryAfter[0] : retryAfter;
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.received < KEPT_BYTES && !this.encoded) this.chunks.push(chunk.subarray(0, KEPT_BYTES - this.received));
    this.received += chunk.length;
    if (this.received <= READ_BYTES) return;
    this.finish('invalid_answer');
    controller.abort(new Error('the answer is too long'));
  }

  onResponseEnd(): void {
    this.finish('invalid_answer');
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.finish(exchangeErrorOf(error));
  }

  /** The status is the answer; what happens to the rest of the body does not change it. */
  private finish(error: ExchangeError | OwnFault): void {
    const settle = this.settle;
    this.settle = undefined;
    if (this.status === undefined) settle?.({ error });
    else settle?.({ statusCode: this.status, retryAfter: this.retryAfter, responseBody: Buffer.concat(this.chunks).toString('utf8') });
  }
}
