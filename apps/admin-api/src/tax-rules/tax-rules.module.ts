import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ChangesModule } from '../changes/index.js';
import { TaxConfigurationModule } from '../tax-configuration/index.js';
import { CreateTaxRule } from './create-tax-rule.js';
import { DeleteTaxRules } from './delete-tax-rules.js';
import { ListTaxRules } from './list-tax-rules.js';
import { PopulateDefaultRules } from './populate-default-rules.js';
import { TAX_RULE_MODEL, taxRuleSchema } from './tax-rule.schema.js';
import { TaxRulesController } from './tax-rules.controller.js';
import { TaxRulesRepository } from './tax-rules.repository.js';
import { UpdateTaxRule } from './update-tax-rule.js';

@Module({
  imports: [ChangesModule, TaxConfigurationModule, MongooseModule.forFeature([{ name: TAX_RULE_MODEL, schema: taxRuleSchema }])],
  controllers: [TaxRulesController],
  providers: [TaxRulesRepository, CreateTaxRule, ListTaxRules, UpdateTaxRule, DeleteTaxRules, PopulateDefaultRules],
  exports: [TaxRulesRepository],
})
export class TaxRulesModule {}
