import { describe, expect, it } from '@jest/globals';
import { toAddress } from './buyer-address.js';

describe('toAddress', () => {
  it.each([
    { given: undefined, address: undefined },
    { given: {}, address: undefined },
    { given: { email: 'a@b.example' }, address: undefined },
    { given: { line1: 'Road 1', postalCode: '10115', country: 'de' }, address: { address1: 'Road 1', postcode: '10115', country: 'DE' } },
    { given: { address1: 'Road 1', line1: 'Road 2', postcode: '1' }, address: { address1: 'Road 1', postcode: '1' } },
    { given: { name: 'Ada King Lovelace' }, address: { firstName: 'Ada King', lastName: 'Lovelace' } },
    { given: { name: 'Ada' }, address: { lastName: 'Ada' } },
    { given: { name: 'Somebody Else', firstName: 'Ada', lastName: 'Lovelace' }, address: { firstName: 'Ada', lastName: 'Lovelace' } },
  ])('$given', ({ given, address }) => {
    expect(toAddress(given)).toEqual(address);
  });
});
