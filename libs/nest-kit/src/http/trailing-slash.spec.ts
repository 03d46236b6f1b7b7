import { expect, it } from '@jest/globals';
import { withoutTrailingSlash } from './trailing-slash.js';

const below = (path: string): boolean => path.startsWith('/shop/');

it.each([
  ['/shop/orders/', '/shop/orders'],
  ['/shop/orders/?page=1/', '/shop/orders?page=1/'],
  ['/shop/orders', '/shop/orders'],
  ['/shop/orders//', '/shop/orders/'],
  ['/shop/orders?to=/', '/shop/orders?to=/'],
  ['/other/', '/other/'],
  ['/', '/'],
  ['//', '//'],
])('%s is routed as %s', (url, routed) => {
  expect(withoutTrailingSlash(url, below)).toBe(routed);
});
