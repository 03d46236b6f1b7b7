import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TargetNotAllowedError } from '@paygate/nest-kit';
import { ProviderHttp } from './provider-http.js';

describe('ProviderHttp', () => {
  const seen: string[] = [];
  let server: Server;
  let origin: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      seen.push(request.url ?? '');
      if (request.url?.endsWith('/elsewhere')) response.writeHead(307, { location: '/sandbox/v1/target' });
      if (request.url?.endsWith('/endless')) {
        const more = (): void => {
          while (!response.destroyed && response.write('x'.repeat(65_536)));
        };
        response.on('drain', more);
        more();
        return;
      }
      response.end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const pathsSeenBy = async (work: () => Promise<unknown>): Promise<string[]> => {
    seen.length = 0;
    await work();
    return [...seen];
  };

  it.each([
    ['a private address', () => `${origin}/v1/account`],
    ['a name of one', () => `${origin.replace('127.0.0.1', 'localhost')}/v1/account`],
    ['another spelling of one', () => `${origin.replace('127.0.0.1', '2130706433')}/v1/account`],
    ['a place beside the own sandbox', () => `${origin}/internal/health`],
    ['a place that only looks like the own sandbox', () => `${origin}/sandbox/../internal/health`],
    ['a place whose name begins like it', () => `${origin}/sandboxes/v1`],
    ['the own sandbox on another port', () => 'http://127.0.0.1:1/sandbox/v1/account'],
    ['the own sandbox with a password', () => `${origin.replace('//', '//a:b@')}/sandbox/v1/account`],
    ['a file', () => 'file:///etc/passwd'],
  ])('sends nothing to %s', async (_what, address) => {
    const http = new ProviderHttp({ allowPrivateTargets: false, ownSandbox: `${origin}/sandbox` });
    const sent = await pathsSeenBy(() => expect(http.request(address(), { method: 'GET' })).rejects.toBeInstanceOf(TargetNotAllowedError));
    expect(sent).toEqual([]);
  });

  it('reaches the own sandbox wherever it is', async () => {
    const http = new ProviderHttp({ allowPrivateTargets: false, ownSandbox: `${origin}/sandbox` });
    const sent = await pathsSeenBy(async () => (await http.request(`${origin}/sandbox/v1/account`, { method: 'GET' })).text());
    expect(sent).toEqual(['/sandbox/v1/account']);
  });

  it('reaches everything where that is allowed, but follows no redirect', async () => {
    const http = new ProviderHttp({ allowPrivateTargets: true });
    expect(await pathsSeenBy(async () => (await http.request(`${origin}/v1`, { method: 'GET' })).text())).toEqual(['/v1']);
    const sent = await pathsSeenBy(() => expect(http.request(`${origin}/elsewhere`, { method: 'GET' })).rejects.toThrow());
    expect(sent).toEqual(['/elsewhere']);
  });

  it('does not read an answer without end', async () => {
    const http = new ProviderHttp({ allowPrivateTargets: true });
    const answer = await http.request(`${origin}/endless`, { method: 'GET' });
    await expect(answer.text()).rejects.toThrow();
  });
});
