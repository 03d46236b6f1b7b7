export type { Change } from './change.js';
export { Changes } from './changes.js';
export type { Errand } from './changes.js';
export { ChangesModule } from './changes.module.js';
export { claimOf } from './idempotency-claim.js';
export { alreadyExists, refuseDuplicate } from './refuse-duplicate.js';
export { Repeatable } from './repeatable.js';
