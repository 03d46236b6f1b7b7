import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/** Speaks TCP and says what the test tells it to. */
export class RawServer {
  private readonly sockets = new Set<Socket>();
  /** Connections taken so far. */
  connections = 0;

  private constructor(private readonly server: Server) {
    server.on('connection', (socket) => {
      this.connections += 1;
      this.sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  /** @param onRequest called for every piece of a request, with its bytes */
  static async start(onRequest: (socket: Socket, bytes: Buffer) => void, host = '127.0.0.1', port = 0): Promise<RawServer> {
    const server = createServer();
    const raw = new RawServer(server);
    server.on('connection', (socket) => socket.on('data', (bytes) => onRequest(socket, bytes)));
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
    return raw;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
