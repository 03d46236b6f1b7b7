export { createdBetween } from './created-between.js';
export { definedFields } from './defined-fields.js';
