import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:tls';
import type { Server, TlsOptions } from 'node:tls';
import { TargetGuard } from '@paygate/nest-kit';
import { HttpExchanges } from '../src/sending/http-exchange.js';
import { CertificateAuthority, selfSigned } from './certificates.js';

const HOST = 'shop.example';

describe('a receiver behind TLS', () => {
  const servers: Server[] = [];
  let authority: CertificateAuthority;
  let exchanges: HttpExchanges;
  let requests = 0;

  beforeAll(async () => {
    authority = await CertificateAuthority.make();
    exchanges = new HttpExchanges({
      guard: new TargetGuard(true, { resolve: (_name, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]) }),
      timeoutMs: 10_000,
      connectionsPerOrigin: 4,
      trustedCertificates: authority.pem,
    });
  });

  afterAll(async () => {
    await exchanges.close();
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  });

  const postTo = async (options: TlsOptions, host = HOST): ReturnType<HttpExchanges['post']> => {
    requests = 0;
    const server = createServer(options, (socket) => {
      socket.on('error', () => socket.destroy());
      socket.on('data', () => {
        requests += 1;
        socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nOK');
      });
    });
    server.on('tlsClientError', (_error, socket) => socket.destroy());
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return exchanges.post(`https://${host}:${(server.address() as AddressInfo).port}/ipn`, {}, '{}');
  };

  it('is served when its certificate is right', async () => {
    expect(await postTo(await authority.issue(HOST))).toMatchObject({ statusCode: 200, responseBody: 'OK' });
  });

  it.each([
    ['has ended', () => authority.issue(HOST, -1)],
    ['is for another name', () => authority.issue('other.example')],
    ['is for the name above', () => authority.issue('example')],
    ['is its own authority', () => selfSigned(HOST)],
    ['is of an unknown authority', async () => (await CertificateAuthority.make()).issue(HOST)],
  ])('hears nothing when its certificate %s', async (_, certificate) => {
    expect(await postTo(await certificate())).toEqual({ error: 'tls_failed' });
    expect(requests).toBe(0);
  });

  it('hears nothing when it is called by its address and has a certificate for its name', async () => {
    expect(await postTo(await authority.issue(HOST), '127.0.0.1')).toEqual({ error: 'tls_failed' });
    expect(requests).toBe(0);
  });

  it.each([
    ['speaks HTTP/2 only', { ALPNProtocols: ['h2'] }],
    ['speaks TLS 1.1 only', { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' }],
  ] satisfies [string, TlsOptions][])('hears nothing when it %s', async (_, options) => {
    expect(await postTo({ ...(await authority.issue(HOST)), ...options })).toEqual({ error: 'tls_failed' });
    expect(requests).toBe(0);
  });
});
