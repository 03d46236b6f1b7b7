import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { LookupAddress } from 'node:dns';
import { createServer } from 'node:tls';
import type { Server } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { Logger } from '@nestjs/common';
import { TargetGuard } from '@paygate/nest-kit';
import { HttpExchanges } from '../src/sending/http-exchange.js';
import { CertificateAuthority } from './certificates.js';
import { ConnectProxy } from './connect-proxy.js';
import { RawServer } from './raw-server.js';

const HOST = 'shop.example';
const BODY = '{"order":1}';
const ANSWER = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nOK';

describe('an outgoing proxy', () => {
  const opened: HttpExchanges[] = [];
  let authority: CertificateAuthority;
  let proxy: ConnectProxy;
  let secureProxy: ConnectProxy;
  let receiver: RawServer;
  let secureReceiver: Server;
  let request = '';

  beforeAll(async () => {
    Logger.overrideLogger(false);
    authority = await CertificateAuthority.make();
    proxy = await ConnectProxy.start();
    secureProxy = await ConnectProxy.start(await authority.issue('127.0.0.1'));
    receiver = await RawServer.start((socket, bytes) => {
      request += bytes.toString();
      if (request.endsWith(BODY)) socket.write(ANSWER);
    });
    secureReceiver = createServer(await authority.issue(HOST), (socket) => {
      socket.on('error', () => socket.destroy());
      socket.on('data', () => socket.end(ANSWER));
    });
    await new Promise<void>((resolve) => secureReceiver.listen(0, '127.0.0.1', resolve));
  });

  afterEach(() => {
    proxy.answer = () => undefined;
    request = '';
    proxy.asked.length = 0;
    secureProxy.asked.length = 0;
  });

  afterAll(async () => {
    await Promise.all(opened.map((exchanges) => exchanges.close()));
    await Promise.all([proxy.stop(), secureProxy.stop(), receiver.stop(), new Promise((resolve) => secureReceiver.close(resolve))]);
  });

  const through = (proxyUrl: string, addresses: string[], timeoutMs = 10_000): HttpExchanges => {
    const answer = addresses.map((address): LookupAddress => ({ address, family: 4 }));
    const allowPrivate = addresses.length > 0 && addresses.every((address) => address.startsWith('127.'));
    const guard = new TargetGuard(allowPrivate, { resolve: (_name, _options, done) => done(null, answer) });
    const exchanges = new HttpExchanges({ guard, timeoutMs, connectionsPerOrigin: 1, proxyUrl, trustedCertificates: authority.pem });
    opened.push(exchanges);
    return exchanges;
  };
  const plain = () => `http://${HOST}:${receiver.port}/ipn?order=1`;
  const securePort = () => (secureReceiver.address() as AddressInfo).port;

  it('is asked for the address that was checked, and the receiver sees its own name', async () => {
    const exchange = await through(proxy.url('user:p%40ss@'), ['127.0.0.1']).post(plain(), { 'x-mine': '1' }, BODY);
    expect(exchange).toMatchObject({ statusCode: 200, responseBody: 'OK' });
    expect(proxy.asked).toEqual([`127.0.0.1:${receiver.port}`]);
    expect(proxy.authorization).toBe(`Basic ${Buffer.from('user:p@ss').toString('base64')}`);
    expect(request).toContain(`POST /ipn?order=1 HTTP/1.1\r\nhost: ${HOST}:${receiver.port}\r\n`);
    expect(request).not.toMatch(/proxy-authorization/i);
  });

  it('serves several notifications to one receiver over one tunnel', async () => {
    const exchanges = through(proxy.url(), ['127.0.0.1']);
    for (let i = 0; i < 3; i++) expect(await exchanges.post(plain(), {}, BODY)).toMatchObject({ statusCode: 200 });
    expect(proxy.asked).toHaveLength(1);
  });

  it.each([
    ['http', () => proxy],
    ['https', () => secureProxy],
  ])('reached by %s does not see into TLS, which ends at the receiver under its name', async (_, used) => {
    const exchanges = through(used().url(), ['127.0.0.1']);
    expect(await exchanges.post(`https://${HOST}:${securePort()}/`, {}, BODY)).toMatchObject({ statusCode: 200 });
    expect(await exchanges.post(`https://other.example:${securePort()}/`, {}, BODY)).toEqual({ error: 'tls_failed' });
    expect(used().asked).toEqual([`127.0.0.1:${securePort()}`, `127.0.0.1:${securePort()}`]);
  });

  it.each([
    ['a name with a private address', ['8.8.8.8', '10.0.0.1'], () => plain()],
    ['a private address', [], () => `http://127.0.0.1:${receiver.port}/`],
    ['another spelling of one', [], () => `http://2130706433:${receiver.port}/`],
  ])('never hears of %s', async (_, addresses, url) => {
    expect(await through(proxy.url(), addresses).post(url(), {}, BODY)).toEqual({ error: 'target_not_allowed' });
    expect(proxy.asked).toEqual([]);
  });

  it('is asked for the next address when it does not reach the first', async () => {
    proxy.answer = (asked) => (asked.startsWith('127.0.0.9:') ? 502 : undefined);
    expect(await through(proxy.url(), ['127.0.0.9', '127.0.0.1']).post(plain(), {}, BODY)).toMatchObject({ statusCode: 200 });
    expect(proxy.asked).toEqual([`127.0.0.9:${receiver.port}`, `127.0.0.1:${receiver.port}`]);
  });

  it.each([
    [403, 'target_not_allowed'],
    [407, 'proxy_failed'],
    [400, 'proxy_failed'],
    [502, 'unreachable'],
    [503, 'unreachable'],
    [504, 'timeout'],
    [0, 'proxy_failed'],
  ])('that answers with %d leads to %s', async (status, error) => {
    proxy.answer = () => status;
    expect(await through(proxy.url(), ['127.0.0.1']).post(plain(), {}, BODY)).toEqual({ error });
  });

  it.each([
    ['is away', () => 'http://127.0.0.1:1'],
    ['has a certificate for another name', () => secureProxy.url().replace('127.0.0.1', 'localhost')],
  ])('that %s is our own fault', async (_, url) => {
    expect(await through(url(), ['127.0.0.1']).post(plain(), {}, BODY)).toEqual({ error: 'proxy_failed' });
  });

  it('that opens a tunnel to nowhere costs no more than the deadline', async () => {
    const silent = await RawServer.start(() => undefined);
    expect(await through(proxy.url(), ['127.0.0.1'], 300).post(`https://${HOST}:${silent.port}/`, {}, BODY)).toEqual({ error: 'timeout' });
    await silent.stop();
  });
});
