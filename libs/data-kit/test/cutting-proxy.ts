import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

export type CutMoment =
  /** The server never sees the command. */
  | 'before'
  /** The server executes the command and its answer is lost. */
  | 'after';

/** Stands between the driver and the database and cuts the connection at chosen commands, as a broken network would. */
export class CuttingProxy {
  private cut: { command: string; moment: CutMoment; times: number } | undefined;
  private readonly sockets = new Set<Socket>();
  /** How many commands were cut. */
  cuts = 0;

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async start(targetPort: number, port = 0): Promise<CuttingProxy> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const proxy = new CuttingProxy(server, (server.address() as AddressInfo).port);
    server.on('connection', (client) => proxy.join(client, targetPort));
    return proxy;
  }

  /** Only this server: a driver that discovers the replica set would go around the proxy. */
  get uri(): string {
    return `mongodb://127.0.0.1:${this.port}/?directConnection=true`;
  }

  cutAt(command: string, moment: CutMoment, times = 1): void {
    this.cuts = 0;
    this.cut = { command, moment, times };
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(client: Socket, targetPort: number): void {
    const target = connect({ port: targetPort, host: '127.0.0.1' });
    const end = (): void => {
      client.destroy();
      target.destroy();
    };
    for (const socket of [client, target]) {
      this.sockets.add(socket);
      socket.on('error', end);
      socket.on('close', () => {
        this.sockets.delete(socket);
        end();
      });
    }
    target.pipe(client);
    client.on('data', (data) => {
      const moment = this.momentFor(data);
      if (moment === 'before') {
        end();
      } else if (moment === 'after') {
        target.unpipe(client);
        target.once('data', end);
        target.resume();
        target.write(data);
      } else {
        target.write(data);
      }
    });
  }

  private momentFor(data: Buffer): CutMoment | undefined {
    const { cut } = this;
    // Command names travel as zero-terminated text.
    if (!cut || cut.times === 0 || !data.includes(`${cut.command}\0`)) return undefined;
    cut.times -= 1;
    this.cuts += 1;
    return cut.moment;
  }
}
