export { DecryptionError, FieldEncryption } from './crypto/field-encryption.js';
export type { DecryptionProblem } from './crypto/field-encryption.js';
export { keyedHash, keyedHashCandidates, verifyKeyedHash } from './crypto/keyed-hash.js';
export { deriveKey, Keyring, KeyringError, parseKeyring } from './crypto/keyring.js';
export { UnsuitableDatabaseError } from './database/server-check.js';
export { DataModule } from './database/data.module.js';
export type { DataModuleOptions } from './database/data.module.js';
export { IdempotencyKeys } from './idempotency/idempotency-keys.js';
export type { RepeatableRequest } from './idempotency/idempotency-keys.js';
export { requestHash } from './idempotency/request-hash.js';
export { Inbox } from './inbox/inbox.js';
export { MicroBatch } from './micro-batch/micro-batch.js';
export type { MicroBatchOptions } from './micro-batch/micro-batch.js';
export { Outbox } from './outbox/outbox.js';
export type { OutboxOptions } from './outbox/outbox.js';
export { OutboxRelay } from './outbox/outbox-relay.js';
export type { RelaySettings } from './outbox/outbox-relay.js';
export {
  addOrganizationPageIndex,
  addPageIndex,
  addPageIndexBy,
  addPlatformPageIndex,
  findOrganizationPage,
  findPage,
  findPlatformPageForOperators,
} from './tenancy/find-page.js';
export type { Dated, Listable, PageReading, PageSelection } from './tenancy/find-page.js';
export { tenantFilter } from './tenancy/tenant-filter.js';
export type { TenantFields } from './tenancy/tenant-filter.js';
export { isDuplicateKey } from './transactions/database-errors.js';
export { Transactions } from './transactions/transactions.js';
export type { AfterCommit, TransactionLimits } from './transactions/transactions.js';
export { mergeSums } from './rollups/merge-sums.js';
export { ALL_DAYS, dayOf, splitPeriod } from './rollups/periods.js';
export type { Days, Interval, SplitPeriod } from './rollups/periods.js';
export { Rollup } from './rollups/rollup.js';
export type { DailyCell } from './rollups/rollup.js';
export { rollupSchema } from './rollups/rollup-row.js';
export type { RollupCell, RollupRow, RollupShape } from './rollups/rollup-row.js';
