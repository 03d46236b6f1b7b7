import { describe, expect, it } from '@jest/globals';
import type { LookupAddress } from 'node:dns';
import { isPublicAddress, TargetGuard, TargetNotAllowedError } from './target-guard.js';

describe('isPublicAddress', () => {
  it.each(['8.8.8.8', '93.184.216.34', '172.32.0.1', '100.128.0.1', '11.0.0.1', '2606:4700::1111', '2a00:1450:4001:800::200e'])(
    '%s is',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each([
    ['this network', '0.0.0.0'],
    ['private', '10.1.2.3'],
    ['private', '172.16.0.1'],
    ['private', '172.31.255.255'],
    ['private', '192.168.1.1'],
    ['loopback', '127.0.0.1'],
    ['loopback', '127.255.255.254'],
    ['link-local and cloud metadata', '169.254.169.254'],
    ['shared (CGNAT)', '100.64.0.1'],
    ['shared, metadata of a cloud', '100.100.100.200'],
    ['platform of a cloud', '168.63.129.16'],
    ['protocol assignments', '192.0.0.192'],
    ['documentation', '192.0.2.1'],
    ['documentation', '198.51.100.1'],
    ['documentation', '203.0.113.1'],
    ['benchmarking', '198.18.0.1'],
    ['6to4 relay', '192.88.99.1'],
    ['multicast', '224.0.0.1'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['unspecified', '::'],
    ['loopback', '::1'],
    ['IPv4-mapped, private', '::ffff:10.0.0.1'],
    ['IPv4-mapped, public', '::ffff:8.8.8.8'],
    ['IPv4-compatible', '::8.8.8.8'],
    ['IPv4-translated', '::ffff:0:8.8.8.8'],
    ['NAT64', '64:ff9b::808:808'],
    ['local NAT64', '64:ff9b:1::1'],
    ['6to4', '2002:7f00:1::1'],
    ['Teredo', '2001::1'],
    ['ORCHID', '2001:20::1'],
    ['documentation', '2001:db8::1'],
    ['documentation', '3fff::1'],
    ['unique local', 'fd00:ec2::254'],
    ['link-local', 'fe80::1'],
    ['site-local', 'fec0::1'],
    ['multicast', 'ff02::1'],
    ['discard', '100::1'],
    ['benchmarking', '2001:2::1'],
    ['segment routing', '5f00::1'],
    ['6to4, public', '2002:808:808::1'],
    ['NAT64, metadata', '64:ff9b::a9fe:a9fe'],
    ['IPv4-mapped, metadata', '::ffff:169.254.169.254'],
    ['reserved', '255.255.255.254'],
    ['private, with a zone', 'fe80::1%eth0'],
    ['unassigned', '4000::1'],
    ['no address', 'localhost'],
  ])('%s %s is not', (_, address) => expect(isPublicAddress(address)).toBe(false));
});

describe('TargetGuard.check', () => {
  const guard = new TargetGuard(false);
  it.each([
    'https://shop.example/ipn?order=1',
    'http://shop.example:8080/',
    'https://xn--bcher-kva.example/',
    'https://8.8.8.8/ipn',
    'https://[2606:4700::1111]/',
  ])('lets %s pass', (url) => {
    expect(guard.check(url).href).toBe(url);
  });

  it.each([
    'not a url',
    'ftp://shop.example/',
    'file:///etc/passwd',
    'gopher://shop.example/',
    'https://user:password@shop.example/',
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f.0.0.1/',
    'http://0177.0.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://0x7f000001/',
    'http://017700000001/',
    'http://127.0.0.1./',
    'http://0/',
    'http://[::]/',
    'http://[::127.0.0.1]/',
    'http://①②⑦.⓪.⓪.①/',
    'http://１２７.０.０.１/',
    'http://127。0。0。1/',
    'http://127\u00ad.0.0.1/',
    'http://localhost/',
    'http://LOCALHOST./',
    'http://ｌｏｃａｌｈｏｓｔ/',
    'http://lo\u00adcalhost/',
    'http://admin.localhost/',
    'http://xn--/',
    'http://xn--a/',
    'http://xn--①/',
    'http://shop.example%00.localhost/',
    'http://shop example/',
    'javascript:alert(1)',
    'data:text/plain,x',
    'ws://shop.example/',
    'https:\\\\user@shop.example\\',
    'https://shop.example:0/',
    'https://shop.example:22/',
    'https://shop.example:25/',
    'https://shop.example:587/',
    'https://shop.example:6000/',
    'https://shop.example:6667/',
  ])('refuses %s', (url) => expect(() => guard.check(url)).toThrow(TargetNotAllowedError));

  it('lets private addresses pass where that is allowed, but not other schemes', () => {
    const open = new TargetGuard(true);
    expect(open.check('http://127.0.0.1:8080/').port).toBe('8080');
    expect(open.check('http://localhost/').hostname).toBe('localhost');
    expect(() => open.check('file:///etc/passwd')).toThrow(TargetNotAllowedError);
    expect(() => open.check('http://127.0.0.1:25/')).toThrow(TargetNotAllowedError);
  });
});

describe('TargetGuard.lookup', () => {
  const lookUp = (answers: string[], all: boolean): Promise<{ error: Error | null; address: string | LookupAddress[] }> => {
    const addresses = answers.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    const guard = new TargetGuard(false, { resolve: (_name, _options, done) => done(null, addresses) });
    return new Promise((resolve) => guard.lookup('shop.example', { all }, (error, address) => resolve({ error, address })));
  };

  it('hands on the addresses it has checked', async () => {
    expect(await lookUp(['8.8.8.8', '2606:4700::1111'], true)).toEqual({
      error: null,
      address: [
        { address: '8.8.8.8', family: 4 },
        { address: '2606:4700::1111', family: 6 },
      ],
    });
    expect(await lookUp(['8.8.8.8'], false)).toEqual({ error: null, address: '8.8.8.8' });
  });

  it.each([[['127.0.0.1']], [['8.8.8.8', '10.0.0.1']], [['2606:4700::1111', '::1']]])(
    'refuses a name that leads to %p',
    async (answers) => {
      expect((await lookUp(answers, true)).error).toBeInstanceOf(TargetNotAllowedError);
    },
  );

  it('says that a name without an address was not found', async () => {
    expect((await lookUp([], true)).error).toMatchObject({ code: 'ENOTFOUND' });
    // The look-up of the system gives no list at all.
    const error = await new Promise((resolve) => new TargetGuard(false).lookup('shop.invalid', { all: true }, resolve));
    expect(error).toMatchObject({ code: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/) });
  });
});
