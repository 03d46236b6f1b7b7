export { CheckVatId } from './check-vat-id.js';
export type { VatIdQuestion } from './check-vat-id.js';
export { judgeVatIdByForm } from './judge-vat-id.js';
export { canonicalVatId, readVatId } from './read-vat-id.js';
export { RecheckVatIds } from './recheck-vat-ids.js';
export { VatIdRechecksRepository } from './vat-id-rechecks.repository.js';
export type { VatIdToRecheck } from './vat-id-rechecks.repository.js';
export { VatIdsModule } from './vat-ids.module.js';
