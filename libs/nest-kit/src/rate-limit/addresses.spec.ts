import { describe, expect, it } from '@jest/globals';
import { AddressList, rateLimitAddress } from './addresses.js';

describe('AddressList', () => {
  const list = new AddressList('127.0.0.1, ::1,192.0.2.0/24 ,2001:db8::/32');

  it.each(['127.0.0.1', '::ffff:127.0.0.1', '::1', '192.0.2.200', '::ffff:192.0.2.7', '2001:db8:1::9'])('has %s', (address) =>
    expect(list.has(address)).toBe(true),
  );

  it.each(['127.0.0.2', '::2', '192.0.3.1', '2001:db9::1', 'unknown', ''])('does not have %s', (address) =>
    expect(list.has(address)).toBe(false),
  );

  it.each(['', ' '])('the empty list %j has nobody', (text) => expect(new AddressList(text).has('127.0.0.1')).toBe(false));
});

describe('rateLimitAddress', () => {
  it.each([
    ['198.51.100.7', '198.51.100.7'],
    ['::ffff:198.51.100.7', '198.51.100.7'],
    ['2001:db8:0:1::7', '2001:db8:0:1::/64'],
    ['2001:db8:0:1:ffff:ffff:ffff:ffff', '2001:db8:0:1::/64'],
    ['2001:db8:0:2::7', '2001:db8:0:2::/64'],
    ['fe80::1%eth0', 'fe80::/64'],
    ['unknown', 'unknown'],
  ])('%s is counted as %s', (address, counted) => expect(rateLimitAddress(address)).toBe(counted));
});
