import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { TargetGuard } from '@paygate/nest-kit';
import { HttpExchanges } from '../src/sending/http-exchange.js';

const TIMEOUT_MS = 400;

/** Speaks TCP and says what the test tells it to. */
class RawServer {
  private readonly sockets = new Set<Socket>();
  private constructor(private readonly server: Server) {}

  static async start(onRequest: (socket: Socket) => void): Promise<RawServer> {
    const server = createServer();
    const raw = new RawServer(server);
    server.on('connection', (socket) => {
      raw.sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('data', () => onRequest(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
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

const servers: RawServer[] = [];
let exchanges: HttpExchanges;

beforeAll(() => {
  exchanges = new HttpExchanges({ guard: new TargetGuard(true), timeoutMs: TIMEOUT_MS, connectionsPerOrigin: 4 });
});

afterAll(async () => {
  await exchanges.close();
  await Promise.all(servers.map((server) => server.stop()));
});

async function post(onRequest: (socket: Socket) => void, scheme = 'http'): Promise<[Awaited<ReturnType<HttpExchanges['post']>>, number]> {
  const server = await RawServer.start(onRequest);
  servers.push(server);
  const started = performance.now();
  const exchange = await exchanges.post(`${scheme}://127.0.0.1:${server.port}/ipn`, { 'content-type': 'application/json' }, '{}');
  return [exchange, performance.now() - started];
}

/** Sends something again and again until the connection is gone. */
function drip(socket: Socket, what: string, beginning = ''): void {
  socket.write(beginning);
  const timer = setInterval(() => (socket.destroyed ? clearInterval(timer) : socket.write(what)), 10);
}

describe('a hostile receiver', () => {
  it.each([
    ['says nothing', () => undefined, { error: 'timeout' }],
    ['closes the connection', (socket: Socket) => socket.destroy(), { error: 'connection_reset' }],
    ['does not speak HTTP', (socket: Socket) => socket.end('SSH-2.0-OpenSSH\r\n'), { error: 'invalid_answer' }],
    ['sends headers without end', (socket: Socket) => drip(socket, `X-Filler: ${'a'.repeat(1_000)}\r\n`), { error: 'invalid_answer' }],
    ['drips a header line', (socket: Socket) => drip(socket, 'a', 'HTTP/1.1 200 OK\r\nX-Slow: '), { error: 'timeout' }],
    [
      'hints before it answers',
      (socket: Socket) => socket.write('HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nOK'),
      { statusCode: 200, responseBody: 'OK' },
    ],
    ['only ever hints', (socket: Socket) => drip(socket, 'HTTP/1.1 102 Processing\r\n\r\n'), { error: 'timeout' }],
    [
      'redirects into the private network',
      (socket: Socket) => socket.end('HTTP/1.1 307 x\r\nlocation: http://169.254.169.254/\r\ncontent-length: 0\r\n\r\n'),
      { statusCode: 307 },
    ],
    ['answers with HTTP/1.0', (socket: Socket) => socket.end('HTTP/1.0 200 OK\r\n\r\nfine'), { statusCode: 200, responseBody: 'fine' }],
    [
      'hangs up in the middle of the body',
      (socket: Socket) => socket.end('HTTP/1.1 500 x\r\ncontent-length: 100\r\n\r\nhalf'),
      { statusCode: 500, responseBody: 'half' },
    ],
    [
      'promises a body that never ends',
      (socket: Socket) => (socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nslow'), undefined),
      { statusCode: 200, responseBody: 'slow' },
    ],
  ] as [string, (socket: Socket) => unknown, object][])('that %s', async (_, act, expected) => {
    const [exchange, took] = await post((socket) => void act(socket));
    expect(exchange).toMatchObject(expected);
    expect(took).toBeLessThan(TIMEOUT_MS + 500);
  });

  it('that sends 20 MB is cut off after the first part', async () => {
    let sent = 0;
    const [exchange] = await post((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 20000000\r\n\r\n');
      const chunk = 'x'.repeat(64 * 1024);
      const more = (): void => {
        while (!socket.destroyed && sent < 20_000_000) {
          sent += chunk.length;
          if (!socket.write(chunk)) {
            socket.once('drain', more);
            return;
          }
        }
      };
      more();
    });
    expect(exchange).toMatchObject({ statusCode: 200, responseBody: 'x'.repeat(20 * 1024) });
    expect(sent).toBeLessThan(20_000_000);
  });

  it('that does not speak TLS where it should', async () => {
    const [exchange] = await post((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'), 'https');
    expect(exchange).toEqual({ error: 'tls_failed' });
  });

  it('is not called at all when its name leads to a private address', async () => {
    let called = 0;
    const server = await RawServer.start(() => called++);
    servers.push(server);
    const guarded = new HttpExchanges({ guard: new TargetGuard(false), timeoutMs: TIMEOUT_MS, connectionsPerOrigin: 4 });
    for (const host of ['localhost', '127.0.0.1', '[::ffff:127.0.0.1]', '2130706433']) {
      expect(await guarded.post(`http://${host}:${server.port}/`, {}, '{}')).toEqual({ error: 'target_not_allowed' });
    }
    await guarded.close();
    expect(called).toBe(0);
  });

  it('whose answer is still awaited when the process ends is let go', async () => {
    const leaving = new HttpExchanges({ guard: new TargetGuard(true), timeoutMs: 60_000, connectionsPerOrigin: 4 });
    const server = await RawServer.start(() => leaving.abort());
    servers.push(server);
    expect(await leaving.post(`http://127.0.0.1:${server.port}/`, {}, '{}')).toEqual({ error: 'shutdown' });
    await leaving.close();
  });
});
