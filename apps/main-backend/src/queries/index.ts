export { createdBetween, createdWithin } from './created-between.js';
export { definedFields } from './defined-fields.js';
