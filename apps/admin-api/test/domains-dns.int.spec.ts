import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadConfig } from '@paygate/nest-kit';
import { AdminConfig } from '../src/admin-config.js';
import { CnameCheck } from '../src/domains/cname-check.js';
import { DnsResolver } from '../src/domains/dns-resolver.js';
import { PlatformHosts } from '../src/domains/platform-hosts.js';
import { DnsServer } from '@paygate/testing';
import type { Zone } from '@paygate/testing';

const TARGET = 'secure.platform.example';

let dns: DnsServer;
let check: CnameCheck;

beforeAll(async () => {
  dns = await DnsServer.start();
  const config = Object.assign(new AdminConfig(), { CHECKOUT_PUBLIC_URL: `https://${TARGET}`, DNS_SERVERS: dns.address });
  check = new CnameCheck(new DnsResolver(config), new PlatformHosts(config));
});
afterAll(async () => dns.stop());

/** DNS as it is for one test; the platform's own name has one address of each kind. */
function given(zones: Record<string, Zone>): void {
  dns.zones.clear();
  dns.questions.length = 0;
  const all: Record<string, Zone> = { [TARGET]: { A: '192.0.2.10', AAAA: '2001:db8::10' }, ...zones };
  for (const [name, zone] of Object.entries(all)) dns.zones.set(name, zone);
}

const chain = (length: number): Record<string, Zone> =>
  Object.fromEntries(Array.from({ length }, (_, i) => [i === 0 ? 'pay.shop.example' : `c${i}.example`, { CNAME: `c${i + 1}.example` }]));

describe('a domain', () => {
  it.each<[string, Record<string, Zone>, string[]]>([
    ['is an alias of the platform', { 'pay.shop.example': { CNAME: TARGET } }, [TARGET]],
    ['is an alias in other letters', { 'pay.shop.example': { CNAME: 'Secure.PLATFORM.example' } }, [TARGET]],
    ['is an alias of an alias', { 'pay.shop.example': { CNAME: 'a.example' }, 'a.example': { CNAME: TARGET } }, ['a.example', TARGET]],
    ['has the same IPv4 address', { 'pay.shop.example': { A: '192.0.2.10' } }, ['192.0.2.10']],
    ['has the same addresses', { 'pay.shop.example': { A: '192.0.2.10', AAAA: '2001:db8::10' } }, ['192.0.2.10', '2001:db8::10']],
  ])('that %s is verified', async (_name, zones, found) => {
    given(zones);
    expect(await check.of('pay.shop.example')).toEqual({ verified: true, expected: TARGET, found });
  });

  it.each<[string, Record<string, Zone>, string, string[]]>([
    ['does not exist', {}, 'not_found', []],
    ['has other records only', { 'pay.shop.example': {} }, 'no_record', []],
    ['is an alias of something else', { 'pay.shop.example': { CNAME: 'shops.other.example' } }, 'wrong_target', ['shops.other.example']],
    [
      'is an alias of a name that leads nowhere',
      { 'pay.shop.example': { CNAME: 'a.example' }, 'a.example': { A: '192.0.2.10' } },
      'wrong_target',
      ['a.example'],
    ],
    ['is an alias of a name below the platform', { 'pay.shop.example': { CNAME: `x.${TARGET}` } }, 'wrong_target', [`x.${TARGET}`]],
    ['has another address', { 'pay.shop.example': { A: '192.0.2.11' } }, 'wrong_target', ['192.0.2.11']],
    [
      'has another address as well',
      { 'pay.shop.example': { A: ['192.0.2.10', '192.0.2.11'] } },
      'wrong_target',
      ['192.0.2.10', '192.0.2.11'],
    ],
    [
      'has another IPv6 address',
      { 'pay.shop.example': { A: '192.0.2.10', AAAA: '2001:db8::11' } },
      'wrong_target',
      ['192.0.2.10', '2001:db8::11'],
    ],
    ['has addresses when the platform has none', { 'pay.shop.example': { A: '192.0.2.10' }, [TARGET]: {} }, 'wrong_target', ['192.0.2.10']],
    ['is an alias of itself', { 'pay.shop.example': { CNAME: 'pay.shop.example' } }, 'loop', ['pay.shop.example']],
    [
      'goes round in a circle',
      { 'pay.shop.example': { CNAME: 'a.example' }, 'a.example': { CNAME: 'b.example' }, 'b.example': { CNAME: 'a.example' } },
      'loop',
      ['a.example', 'b.example', 'a.example'],
    ],
    ['has too long a chain', chain(20), 'chain_too_long', Array.from({ length: 8 }, (_, i) => `c${i + 1}.example`)],
    ['gets no answer', { 'pay.shop.example': 'silent' }, 'timeout', []],
    [
      'leads to a name that gets no answer',
      { 'pay.shop.example': { CNAME: 'a.example' }, 'a.example': 'silent' },
      'timeout',
      ['a.example'],
    ],
    ['is served by a broken server', { 'pay.shop.example': 'broken' }, 'lookup_failed', []],
  ])(
    'that %s is not',
    async (_name, zones, problem, found) => {
      given(zones);
      const startedAt = performance.now();
      expect(await check.of('pay.shop.example')).toEqual({ verified: false, expected: TARGET, found, problem });
      expect(performance.now() - startedAt).toBeLessThan(11_000);
    },
    20_000,
  );

  it('is not blamed when the platform itself cannot be found', async () => {
    given({ 'pay.shop.example': { A: '192.0.2.10' } });
    dns.zones.delete(TARGET);
    expect(await check.of('pay.shop.example')).toMatchObject({ verified: false, problem: 'lookup_failed' });
  });

  it('is asked for again each time', async () => {
    given({ 'pay.shop.example': { CNAME: 'wrong.example' } });
    expect(await check.of('pay.shop.example')).toMatchObject({ verified: false });
    given({ 'pay.shop.example': { CNAME: TARGET } });
    expect(await check.of('pay.shop.example')).toMatchObject({ verified: true });
    expect(dns.questions).toEqual(['CNAME pay.shop.example']);
  });
});

it('no server at all is a lookup that failed or took too long', async () => {
  const config = Object.assign(new AdminConfig(), { CHECKOUT_PUBLIC_URL: `https://${TARGET}`, DNS_SERVERS: '127.0.0.1:1' });
  const { problem } = await new CnameCheck(new DnsResolver(config), new PlatformHosts(config)).of('pay.shop.example');
  expect(['timeout', 'lookup_failed']).toContain(problem);
}, 20_000);

describe('DNS_SERVERS', () => {
  const load = (servers: string): AdminConfig =>
    loadConfig(AdminConfig, {
      MONGODB_URI: 'mongodb://db',
      NATS_URL: 'nats://bus',
      REDIS_URL: 'redis://cache',
      SYSTEM_ENCRYPTION_KEY: `k:${Buffer.alloc(32).toString('base64')}`,
      DNS_SERVERS: servers,
    });

  it.each(['192.0.2.53', '192.0.2.53:5353', '2001:db8::53', '192.0.2.53, [2001:db8::53]:5353', ''])('may be %p', (servers) => {
    expect(() => new DnsResolver(load(servers))).not.toThrow();
  });

  it.each(['ns.example', '192.0.2.53,', '192.0.2', '192.0.2.53/24', '192.0.2.53:99999', 'https://192.0.2.53'])(
    'may not be %p',
    (servers) => {
      expect(() => load(servers)).toThrow(/DNS_SERVERS.*IP addresses/);
    },
  );
});
