import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { NameServers, TargetGuard } from '@paygate/nest-kit';
import { DnsServer } from '@paygate/testing';
import { HttpExchanges } from '../src/sending/http-exchange.js';
import { RawServer } from './raw-server.js';

/** Exchanges that ask a name server of the test, and a receiver on the loopback under two addresses. */
describe('a name', () => {
  const opened: HttpExchanges[] = [];
  let names: DnsServer;
  let receiver: RawServer;
  let second: RawServer;

  beforeAll(async () => {
    names = await DnsServer.start();
    receiver = await RawServer.start((socket) => socket.end('HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 5\r\n\r\nfirst'));
    second = await RawServer.start(
      (socket) => socket.end('HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 6\r\n\r\nsecond'),
      '127.0.0.2',
      receiver.port,
    );
  });

  afterEach(() => {
    names.zones.clear();
    names.questions.length = 0;
  });

  afterAll(async () => {
    await Promise.all(opened.map((exchanges) => exchanges.close()));
    await Promise.all([receiver.stop(), second.stop(), names.stop()]);
  });

  const exchangesWith = (allowPrivate: boolean, timeoutMs = 10_000): HttpExchanges => {
    const guard = new TargetGuard(allowPrivate, new NameServers([names.address]));
    const exchanges = new HttpExchanges({ guard, timeoutMs, connectionsPerOrigin: 4 });
    opened.push(exchanges);
    return exchanges;
  };
  const post = (exchanges: HttpExchanges, host: string) => exchanges.post(`http://${host}:${receiver.port}/ipn`, {}, '{}');
  const asked = (name: string) => names.questions.filter((question) => question === `A ${name}`).length;

  it('is resolved once for a connection, and that address is the one connected to', async () => {
    const exchanges = exchangesWith(true);
    const answers = ['127.0.0.1', '127.0.0.2'];
    names.zones.set('rebinding.example', {
      get A() {
        return answers.shift() ?? '127.0.0.3';
      },
    });
    expect(await post(exchanges, 'rebinding.example')).toMatchObject({ responseBody: 'first' });
    expect(asked('rebinding.example')).toBe(1);
    expect(await post(exchanges, 'rebinding.example')).toMatchObject({ responseBody: 'second' });
    expect(asked('rebinding.example')).toBe(2);
  });

  it.each([
    ['a private address', { A: '127.0.0.1' }],
    ['a public and a private one', { A: ['8.8.8.8', '127.0.0.1'] }],
    ['cloud metadata', { A: '169.254.169.254' }],
  ])('that leads to %s is not connected to', async (_, zone) => {
    names.zones.set('shop.example', zone);
    const before = receiver.connections;
    expect(await post(exchangesWith(false), 'shop.example')).toEqual({ error: 'target_not_allowed' });
    expect(asked('shop.example')).toBe(1);
    expect(receiver.connections).toBe(before);
  });

  it.each([
    ['does not exist', undefined],
    ['has no address', {}],
    ['has a broken server', 'broken'],
  ] as const)('that %s is on record as such', async (_, zone) => {
    if (zone !== undefined) names.zones.set('shop.example', zone);
    expect(await post(exchangesWith(false), 'shop.example')).toEqual({ error: 'dns_failed' });
  });

  it('that means the own machine is not even asked for', async () => {
    expect(await post(exchangesWith(false), 'localhost')).toEqual({ error: 'target_not_allowed' });
    expect(names.questions).toEqual([]);
  });

  it('whose server is silent holds up nobody else', async () => {
    const exchanges = exchangesWith(true);
    names.zones.set('good.example', { A: '127.0.0.1' });
    const silent = Array.from({ length: 16 }, (_, i) => `silent-${i}.example`);
    for (const name of silent) names.zones.set(name, 'silent');
    const waiting = silent.map((name) => post(exchanges, name));
    const ended = Promise.race(waiting);
    expect(await Promise.race([ended, post(exchanges, 'good.example')])).toMatchObject({ responseBody: 'first' });
    exchanges.abort();
    expect(new Set((await Promise.all(waiting)).map((exchange) => JSON.stringify(exchange)))).toEqual(new Set(['{"error":"shutdown"}']));
  });

  it('whose server is silent costs no more than the deadline', async () => {
    names.zones.set('silent.example', 'silent');
    expect(await post(exchangesWith(false, 300), 'silent.example')).toEqual({ error: 'timeout' });
  });
});
