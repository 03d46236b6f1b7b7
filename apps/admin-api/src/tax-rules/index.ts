export { contractRule } from './tax-rule.js';
export { TaxRulesModule } from './tax-rules.module.js';
export { TaxRulesRepository } from './tax-rules.repository.js';
