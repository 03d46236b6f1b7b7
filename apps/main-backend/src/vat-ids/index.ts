export { canonicalVatId, readVatId } from './read-vat-id.js';
export { vatIdExample } from './vat-id-formats.js';
