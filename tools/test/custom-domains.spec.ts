import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from '../src/stack/debian-packages.js';
import { ManagedProcess } from '../src/stack/managed-process.js';
import { freeServerPort } from '../src/stack/ports.js';
import { accepts } from '../src/stack/probes.js';
import { REPOSITORY_ROOT } from '../src/stack/stack.js';

const ASK = '/api/v1/domains/verify?domain=';

/** What admin-api vouches for in this test, and what it was asked. */
const allowed = new Set<string>();
const asked: string[] = [];
let adminApi: Server;
let mainBackend: Server;
let caddy: ManagedProcess;
let httpsPort: number;
let home: string;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'paygate-caddy-'));
  adminApi = createServer((question, answer) => {
    const host = question.url?.startsWith(ASK) ? question.url.slice(ASK.length) : undefined;
    if (host !== undefined) asked.push(host);
    answer.statusCode = host !== undefined && allowed.has(host) ? 200 : 403;
    answer.end();
  });
  mainBackend = createServer(({ url, headers }, answer) => {
    answer.setHeader('strict-transport-security', 'max-age=31536000; includeSubDomains');
    answer.end(
      JSON.stringify({ url, host: headers.host, forwardedHost: headers['x-forwarded-host'], proto: headers['x-forwarded-proto'] }),
    );
  });
  const [adminPort, mainPort] = [await listen(adminApi), await listen(mainBackend)];
  httpsPort = await freeServerPort();
  const httpPort = await freeServerPort();
  caddy = new ManagedProcess({
    name: 'caddy',
    program: findProgram('caddy') ?? 'caddy',
    args: ['run', '--config', join(REPOSITORY_ROOT, 'Caddyfile'), '--adapter', 'caddyfile'],
    env: {
      // Certificates of a private authority, as no public one vouches for hosts of a test.
      CADDY_GLOBAL_OPTIONS: [
        'admin off',
        'local_certs',
        'skip_install_trust',
        'default_bind 127.0.0.1',
        `https_port ${httpsPort}`,
        `http_port ${httpPort}`,
      ].join('\n'),
      ADMIN_BACKEND_DOMAIN: 'api.platform.example',
      MAIN_FRONTEND_DOMAIN: 'pay.platform.example',
      MAIN_BACKEND_DOMAIN: 'hooks.platform.example',
      ADMIN_API_UPSTREAM: `127.0.0.1:${adminPort}`,
      MAIN_BACKEND_UPSTREAM: `127.0.0.1:${mainPort}`,
      XDG_DATA_HOME: home,
      XDG_CONFIG_HOME: home,
    },
    logFile: join(home, 'caddy.log'),
    isReady: () => accepts(httpsPort),
  });
  await caddy.start();
}, 60_000);
afterAll(async () => {
  await caddy.stop();
  for (const server of [adminApi, mainBackend]) {
    server.close();
    server.closeAllConnections();
  }
  rmSync(home, { recursive: true, force: true });
});
beforeEach(() => {
  asked.length = 0;
});

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));
}

/** As a browser does it: the certificate must be for the host and of the authority. */
async function visit(host: string, path = '/'): Promise<{ status: number | undefined; headers: IncomingMessage['headers']; text: string }> {
  const ca = readFileSync(join(home, 'caddy', 'pki', 'authorities', 'local', 'root.crt'));
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: httpsPort, path, servername: host, headers: { host }, ca, agent: false };
    const sent = request(options, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => (text += part));
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, text }));
    });
    sent.once('error', reject).end();
  });
}

describe('a custom domain', () => {
  it('that admin-api vouches for gets a certificate and leads to main-backend', async () => {
    allowed.add('pay.shop.example');
    const { status, headers, text } = await visit('pay.shop.example', '/checkout/abc');
    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual({
      url: '/checkout/abc',
      host: 'pay.shop.example',
      forwardedHost: 'pay.shop.example',
      proto: 'https',
    });
    expect(asked).toEqual(['pay.shop.example']);
    // The merchant's other hosts are not forced to anything.
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
    expect(headers).not.toHaveProperty('server');
  });

  it('is asked about once', async () => {
    allowed.add('once.shop.example');
    await visit('once.shop.example');
    await visit('once.shop.example');
    expect(asked).toEqual(['once.shop.example']);
  });

  it('shows nothing of the inside', async () => {
    allowed.add('pay.shop.example');
    expect([(await visit('pay.shop.example', '/metrics')).status, (await visit('pay.shop.example', '/internal/health')).status]).toEqual([
      404, 404,
    ]);
  });

  it('that nobody has verified gets no certificate, until somebody has', async () => {
    await expect(visit('stranger.example')).rejects.toThrow(/alert|EPROTO|ECONNRESET/);
    expect(asked).toContain('stranger.example');
    allowed.add('stranger.example');
    expect((await visit('stranger.example')).status).toBe(200);
  });
});

describe('the platform', () => {
  it('serves its own hosts without asking', async () => {
    expect((await visit('pay.platform.example')).headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
    expect(asked).toEqual([]);
  });
});
