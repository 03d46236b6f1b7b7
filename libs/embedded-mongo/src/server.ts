import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { isDoc, type Doc } from './bson/value.js';
import { CommandContext, type Connection, type ServerState } from './commands/context.js';
import { execute } from './commands/execute.js';
import { encodeReply, Framer, parseRequest, type Request } from './wire/message.js';

/** Accepts connections and answers their commands, each connection in its own order. */
export class WireServer {
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private lastConnection = 0;

  constructor(
    private readonly state: () => ServerState,
    private readonly log: (message: string) => void,
  ) {
    this.server = createServer((socket) => this.accept(socket));
  }

  get connections(): number {
    return this.sockets.size;
  }

  listen(port: number, host: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, () => {
        this.server.off('error', reject);
        resolve((this.server.address() as AddressInfo).port);
      });
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => {
        resolve();
      });
      for (const s of this.sockets) s.destroy();
    });
  }

  private accept(socket: Socket): void {
    socket.setNoDelay(true);
    this.sockets.add(socket);
    const connection: Connection = {
      id: ++this.lastConnection,
      peer: `${socket.remoteAddress ?? ''}:${socket.remotePort ?? 0}`,
      address: reachableAddress(socket, this.state()),
      appName: null,
      close: () => socket.destroy(),
    };
    const framer = new Framer();
    let queue = Promise.resolve();
    const stop = (error: unknown): void => {
      this.log(`connection ${connection.id} closed: ${error instanceof Error ? error.message : 'protocol error'}`);
      socket.destroy();
    };
    socket.on('data', (data) => {
      try {
        for (const message of framer.push(data)) {
          const request = parseRequest(message);
          queue = queue.then(() => this.answer(request, connection, socket)).catch(stop);
        }
      } catch (error) {
        stop(error);
      }
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.sockets.delete(socket));
  }

  private async answer(request: Request, connection: Connection, socket: Socket): Promise<void> {
    const { command } = request;
    const name = Object.keys(command)[0] ?? '';
    if (isDoc(command['client'])) connection.appName = applicationName(command['client']);
    const reply = await execute(new CommandContext(this.state(), connection, name, command, request.documents), this.log);
    if (reply && !request.silent && !socket.destroyed) socket.write(encodeReply(request, reply));
  }
}

function applicationName(client: Doc): string | null {
  const application = client['application'];
  return isDoc(application) && typeof application['name'] === 'string' ? application['name'] : null;
}

/** A client must be able to connect to the host it is told; a wildcard address is no such host. */
function reachableAddress(socket: Socket, state: ServerState): string {
  const wildcard = state.host === '0.0.0.0' || state.host === '::';
  const host = wildcard ? (socket.localAddress ?? '127.0.0.1').replace(/^::ffff:/, '') : state.host;
  return `${host.includes(':') ? `[${host}]` : host}:${state.port}`;
}
