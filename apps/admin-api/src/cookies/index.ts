export { readCookie, setStrictCookie } from './cookies.js';
export type { CookieOptions } from './cookies.js';
