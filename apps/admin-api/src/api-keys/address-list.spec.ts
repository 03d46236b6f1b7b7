import { describe, expect, it } from '@jest/globals';
import { DomainError } from '@paygate/kernel';
import { isWithinAddressList, readAddressList } from './address-list.js';

describe('readAddressList', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    [' 203.0.113.7 ', '203.0.113.7'],
    ['203.0.113.7/32', '203.0.113.7'],
    ['203.0.113.7/24', '203.0.113.0/24'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['2001:DB8:0:0::1', '2001:db8::1'],
    ['2001:db8::1/32', '2001:db8::/32'],
    ['2001:db8::1/128', '2001:db8::1'],
    ['::/0', '::/0'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7/120', '203.0.113.0/24'],
  ])('reads %s as %s', (text, canonical) => expect(readAddressList([text])).toEqual([canonical]));

  it('keeps each entry once', () => expect(readAddressList(['10.0.0.1', '10.0.0.1/32', '::ffff:10.0.0.1'])).toEqual(['10.0.0.1']));

  it.each([
    '',
    'shop.example',
    '10',
    '10.0.0',
    '10.0.0.256',
    '010.0.0.1',
    '0x7f.0.0.1',
    '10.0.0.1/33',
    '10.0.0.1/-1',
    '10.0.0.1/08',
    '10.0.0.1/',
    '10.0.0.1/8/8',
    '10.0.0.1-10.0.0.9',
    '10.0.0.*',
    '2001:db8::/129',
    '2001:db8::1::2',
    'fe80::1%eth0',
    '::ffff:10.0.0.1/90',
    '10.0.0.1\u0000',
    '$gt',
  ])('refuses %p by its place', (text) => {
    let details: unknown;
    try {
      readAddressList(['10.0.0.1', text]);
    } catch (error) {
      details = error instanceof DomainError ? error.details : undefined;
    }
    expect(details).toEqual([expect.objectContaining({ field: 'ipAllowlist[1]', code: 'address' })]);
  });
});

describe('isWithinAddressList', () => {
  it.each<[string[], string[], boolean]>([
    [['10.0.0.1'], [], true],
    [[], [], true],
    [[], ['10.0.0.0/8'], false],
    [['10.0.0.1'], ['10.0.0.0/8'], true],
    [['10.0.0.0/16', '10.9.0.1'], ['10.0.0.0/8'], true],
    [['10.0.0.0/8'], ['10.0.0.0/16'], false],
    [['10.0.0.1', '11.0.0.1'], ['10.0.0.0/8'], false],
    [['2001:db8::1'], ['2001:db8::/32'], true],
    [['2001:db8::1'], ['0.0.0.0/0'], false],
    [['10.0.0.1'], ['::/0'], false],
  ])('%p in %p: %p', (entries, list, expected) => expect(isWithinAddressList(entries, list)).toBe(expected));
});
