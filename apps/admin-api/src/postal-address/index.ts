export { AddressBody } from './address.body.js';
export { canonicalAddress } from './canonical-address.js';
