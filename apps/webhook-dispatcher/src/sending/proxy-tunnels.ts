import { Logger } from '@nestjs/common';
import { TargetNotAllowedError } from '@paygate/nest-kit';
import type { TargetGuard } from '@paygate/nest-kit';
import type { LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import type { Socket } from 'node:net';
import { buildConnector, Pool } from 'undici';
import type { Dispatcher } from 'undici';

export interface ProxyTunnelsOptions {
  /** `http` or `https`, with user name and password where the proxy wants them. */
  proxyUrl: string;
  guard: Pick<TargetGuard, 'lookup'>;
  timeoutMs: number;
  trustedCertificates?: string;
}

/** The proxy of the installation did not do its part; the receiver has no share in it. */
class ProxyFailedError extends Error {
  override readonly name = 'ProxyFailedError';
  readonly code = 'ERR_PROXY_FAILED';
}

/** The proxy could not reach the receiver; says so with the code a connection of our own would have. */
class UnreachableThroughProxyError extends Error {
  override readonly name = 'UnreachableThroughProxyError';
  constructor(readonly code: 'EHOSTUNREACH' | 'ETIMEDOUT') {
    super('the proxy cannot reach the receiver');
  }
}

/** A proxy is near; time is left to say that it is away before the receiver's own is over. */
const REACH_PROXY_MS = 5_000;

/**
 * Connections through an outgoing proxy with CONNECT, for `connect` of an undici agent. Undici's own ProxyAgent has the proxy resolve
 * the receiver's name, so that what was checked need not be what is connected to. Here the proxy is asked for the address that
 * was checked; TLS is spoken with the receiver itself, under its name.
 */
export class ProxyTunnels {
  private readonly logger = new Logger('proxy');
  private readonly proxy: Pool;
  private readonly headers: Record<string, string>;
  private readonly startTls: buildConnector.connector;
  private failing = false;

  constructor(private readonly options: ProxyTunnelsOptions) {
    const { origin, username, password } = new URL(options.proxyUrl);
    const connectMs = Math.min(REACH_PROXY_MS, options.timeoutMs / 2);
    this.proxy = new Pool(origin, { connect: { timeout: connectMs, ca: options.trustedCertificates } });
    const credentials = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
    this.headers = username ? { 'proxy-authorization': `Basic ${credentials}` } : {};
    this.startTls = buildConnector({ timeout: options.timeoutMs, ca: options.trustedCertificates });
  }

  readonly connect: buildConnector.connector = (options, callback) => {
    this.open(options).then(
      (socket) => {
        if (options.protocol === 'https:') this.startTls({ ...options, httpSocket: socket }, callback);
        else callback(null, socket);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
    );
  };

  async close(): Promise<void> {
    await this.proxy.destroy();
  }

  /** Tries one address after the other while the proxy says that it does not reach them. */
  private async open({ hostname, protocol, port }: buildConnector.Options): Promise<Socket> {
    let unreachable: unknown;
    for (const address of await this.addressesOf(hostname)) {
      const authority = `${isIP(address) === 6 ? `[${address}]` : address}:${port || (protocol === 'https:' ? 443 : 80)}`;
      try {
        return await this.tunnelTo(authority);
      } catch (error) {
        if (!(error instanceof UnreachableThroughProxyError)) throw error;
        unreachable = error;
      }
    }
    throw unreachable;
  }

  private addressesOf(hostname: string): Promise<string[]> {
    // Addresses in the URL were checked with the URL.
    if (isIP(hostname) !== 0) return Promise.resolve([hostname]);
    return new Promise((resolve, reject) => {
      this.options.guard.lookup(hostname, { all: true }, (error, addresses) => {
        if (error) reject(error);
        else resolve((addresses as LookupAddress[]).map(({ address }) => address));
      });
    });
  }

  private async tunnelTo(authority: string): Promise<Socket> {
    const { statusCode, socket } = await this.ask(authority);
    if (statusCode >= 200 && statusCode < 300) {
      this.note(undefined);
      // Typed more widely than what it is: the connection to the proxy.
      return socket as Socket;
    }
    socket.on('error', () => socket.destroy()).destroy();
    if (statusCode === 403) throw new TargetNotAllowedError('the proxy refuses the address');
    if (statusCode === 502 || statusCode === 503) throw new UnreachableThroughProxyError('EHOSTUNREACH');
    if (statusCode === 504) throw new UnreachableThroughProxyError('ETIMEDOUT');
    throw this.note(new ProxyFailedError(`the proxy answers with ${statusCode}`));
  }

  private async ask(authority: string): Promise<Dispatcher.ConnectData> {
    try {
      return await this.proxy.connect({
        path: authority,
        headers: { ...this.headers, host: authority },
        signal: AbortSignal.timeout(this.options.timeoutMs),
      });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw this.note(new ProxyFailedError(`the proxy cannot be reached: ${why}`, { cause: error }));
    }
  }

  /** One line when it begins and one when it is over, however many notifications wait. */
  private note<E extends ProxyFailedError | undefined>(error: E): E {
    if (error && !this.failing) this.logger.error(`notifications wait: ${error.message}`);
    if (!error && this.failing) this.logger.log('the outgoing proxy works again');
    this.failing = error !== undefined;
    return error;
  }
}
