import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ServerCertificate } from './certificates.js';

/** A forward proxy that only knows CONNECT. */
export class ConnectProxy {
  /** What was asked for, e.g. `127.0.0.1:443`. */
  readonly asked: string[] = [];
  /** The last `Proxy-Authorization`. */
  authorization: string | undefined;
  /** The status instead of a tunnel, by what is asked for; 0: the connection ends without one. */
  answer: (authority: string) => number | undefined = () => undefined;
  private readonly sockets = new Set<Socket | Duplex>();

  private constructor(
    private readonly server: Server,
    private readonly scheme: string,
  ) {
    server.on('connection', (socket: Socket) => this.keep(socket));
    server.on('connect', (request: IncomingMessage, socket: Duplex) => this.open(request, socket));
  }

  static async start(certificate?: ServerCertificate): Promise<ConnectProxy> {
    const server = certificate ? createSecureServer(certificate) : createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new ConnectProxy(server, certificate ? 'https' : 'http');
  }

  url(credentials = ''): string {
    return `${this.scheme}://${credentials}127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private open({ url = '', headers }: IncomingMessage, socket: Duplex): void {
    this.keep(socket);
    this.asked.push(url);
    this.authorization = headers['proxy-authorization'];
    const status = this.answer(url);
    if (status === 0) {
      socket.destroy();
      return;
    }
    if (status !== undefined) {
      socket.end(`HTTP/1.1 ${status} x\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const { hostname, port } = new URL(`http://${url}`);
    const there = connect({ host: hostname.replace(/^\[(.*)\]$/, '$1'), port: Number(port || 80) }, () => {
      socket.write('HTTP/1.1 200 x\r\n\r\n');
      socket.pipe(there).pipe(socket);
    });
    this.keep(there);
  }

  private keep(socket: Socket | Duplex): void {
    this.sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.sockets.delete(socket));
  }
}
