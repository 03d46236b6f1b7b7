import { describe, expect, it } from '@jest/globals';
import { pageOrigin } from './buyer-origins.js';

describe('pageOrigin', () => {
  it.each([
    { headers: {}, origin: undefined },
    { headers: { referer: '' }, origin: undefined },
    { headers: { origin: 'https://shop.example' }, origin: 'https://shop.example' },
    { headers: { origin: 'null', referer: 'https://shop.example/cart' }, origin: 'null' },
    { headers: { referer: 'https://shop.example:8443/cart?a=b' }, origin: 'https://shop.example:8443' },
    { headers: { referer: 'not an address' }, origin: 'null' },
    { headers: { referer: 'data:text/html,hello' }, origin: 'null' },
  ])('$headers → $origin', ({ headers, origin }) => {
    expect(pageOrigin(headers)).toBe(origin);
  });
});
