import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { TargetGuard } from '@paygate/nest-kit';
import { HttpExchanges } from '../src/sending/http-exchange.js';
import { RawServer } from './raw-server.js';

const TIMEOUT_MS = 400;

const servers: RawServer[] = [];
let exchanges: HttpExchanges;

beforeAll(() => {
  exchanges = new HttpExchanges({ guard: new TargetGuard(true), timeoutMs: TIMEOUT_MS, connectionsPerOrigin: 4 });
});

afterAll(async () => {
  await exchanges.close();
  await Promise.all(servers.map((server) => server.stop()));
});

async function post(onRequest: (socket: Socket, bytes: Buffer) => void, scheme = 'http'): ReturnType<HttpExchanges['post']> {
  const server = await RawServer.start(onRequest);
  servers.push(server);
  return exchanges.post(`${scheme}://127.0.0.1:${server.port}/ipn`, { 'content-type': 'application/json' }, '{}');
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
    [
      'asks for the body it has already',
      (socket: Socket) => socket.write('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nOK'),
      { error: 'invalid_answer' },
    ],
    [
      'changes to another protocol',
      (socket: Socket) => socket.write('HTTP/1.1 101 x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n'),
      { error: 'invalid_answer' },
    ],
    ['speaks HTTP/2 at once', (socket: Socket) => socket.write(Buffer.from('000000040000000000', 'hex')), { error: 'invalid_answer' }],
    [
      'gives two lengths',
      (socket: Socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 20\r\n\r\nOK'),
      { error: 'invalid_answer' },
    ],
    ['only ever hints', (socket: Socket) => drip(socket, 'HTTP/1.1 102 Processing\r\n\r\n'), { error: 'timeout' }],
    [
      'redirects to the own machine',
      (socket: Socket) => socket.end(`HTTP/1.1 302 x\r\nlocation: http://localhost:${socket.localPort}/\r\ncontent-length: 0\r\n\r\n`),
      { statusCode: 302 },
    ],
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
      'resets the connection in the middle of the body',
      (socket: Socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf', () => socket.resetAndDestroy()),
      { statusCode: 200 },
    ],
    ['resets the connection before it answers', (socket: Socket) => socket.resetAndDestroy(), { error: 'connection_reset' }],
    [
      'drips the body',
      (socket: Socket) => drip(socket, '1\r\nx\r\n', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n'),
      { statusCode: 200, responseBody: expect.stringMatching(/^x+$/) },
    ],
    [
      'sends a body that does not hold together',
      (socket: Socket) => socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nOK\r\nrubbish\r\n'),
      { statusCode: 200, responseBody: 'OK' },
    ],
    [
      'promises a body that never ends',
      (socket: Socket) => (socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nslow'), undefined),
      { statusCode: 200, responseBody: 'slow' },
    ],
  ] as [string, (socket: Socket) => unknown, object][])('that %s', async (_, act, expected) => {
    const exchange = await post((socket) => void act(socket));
    expect(exchange).toMatchObject(expected);
  });

  it('that sends 20 MB is cut off after the first part', async () => {
    let sent = 0;
    const exchange = await post((socket) => {
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

  it('that sends a gzip bomb although it was asked not to: nothing is unpacked or kept', async () => {
    const bomb = gzipSync(Buffer.alloc(20_000_000));
    let asked = '';
    const exchange = await post((socket, bytes) => {
      asked += bytes.toString();
      socket.write(`HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ${bomb.length}\r\n\r\n`);
      socket.write(bomb);
    });
    expect(asked).toContain('accept-encoding: identity\r\n');
    expect(exchange).toEqual({ statusCode: 200, responseBody: '' });
  });

  it('that redirects is not followed', async () => {
    const other = await RawServer.start((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'));
    servers.push(other);
    const exchange = await post((socket) =>
      socket.end(`HTTP/1.1 307 x\r\nlocation: http://127.0.0.1:${other.port}/\r\ncontent-length: 0\r\n\r\n`),
    );
    expect(exchange).toMatchObject({ statusCode: 307 });
    expect(other.connections).toBe(0);
  });

  it('that does not speak TLS where it should', async () => {
    const exchange = await post((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'), 'https');
    expect(exchange).toEqual({ error: 'tls_failed' });
  });

  it('is not called at all when its name leads to a private address', async () => {
    const server = await RawServer.start(() => undefined);
    servers.push(server);
    const guarded = new HttpExchanges({ guard: new TargetGuard(false), timeoutMs: TIMEOUT_MS, connectionsPerOrigin: 4 });
    const hosts = [
      'localhost',
      '127.0.0.1',
      '[::ffff:127.0.0.1]',
      '2130706433',
      '0x7f.1',
      '0177.0.0.1',
      'ｌｏｃａｌｈｏｓｔ',
      'a:b@127.0.0.1',
    ];
    for (const address of [
      ...hosts.map((host) => `http://${host}:${server.port}/`),
      'http://8.8.8.8:25/',
      `ftp://127.0.0.1:${server.port}/`,
    ]) {
      expect(await guarded.post(address, {}, '{}')).toEqual({ error: 'target_not_allowed' });
    }
    await guarded.close();
    expect(server.connections).toBe(0);
  });

  it('whose answer is still awaited when the process ends is let go', async () => {
    const leaving = new HttpExchanges({ guard: new TargetGuard(true), timeoutMs: 60_000, connectionsPerOrigin: 4 });
    const server = await RawServer.start(() => leaving.abort());
    servers.push(server);
    expect(await leaving.post(`http://127.0.0.1:${server.port}/`, {}, '{}')).toEqual({ error: 'shutdown' });
    await leaving.close();
  });
});
