import { Body, Controller, Delete, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { TenantScope } from '@paygate/kernel';
import type { IdempotencyClaim } from '@paygate/messages';
import { presentPage } from '@paygate/nest-kit';
import { CurrentScope } from '../access/index.js';
import { Repeatable } from '../changes/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { CreateTaxRule } from './create-tax-rule.js';
import { DeleteTaxRules } from './delete-tax-rules.js';
import { CreateTaxRuleBody } from './dto/create-tax-rule.body.js';
import { ListTaxRulesQuery } from './dto/list-tax-rules.query.js';
import { PopulatedRulesResponse, TAX_RULE_EXAMPLE, TaxRuleListResponse, TaxRuleResponse } from './dto/tax-rule.response.js';
import { UpdateTaxRuleBody } from './dto/update-tax-rule.body.js';
import { ListTaxRules } from './list-tax-rules.js';
import { PopulateDefaultRules } from './populate-default-rules.js';
import { presentTaxRule } from './present-tax-rule.js';
import { UpdateTaxRule } from './update-tax-rule.js';

const RULE_ID = { name: 'id', description: 'Id of the rule, 24 hexadecimal characters.', example: TAX_RULE_EXAMPLE.id };

@ApiTags(ADMIN_API)
@Controller('api/v1/tax-rules')
export class TaxRulesController {
  constructor(
    private readonly listing: ListTaxRules,
    private readonly creating: CreateTaxRule,
    private readonly updating: UpdateTaxRule,
    private readonly deleting: DeleteTaxRules,
    private readonly populating: PopulateDefaultRules,
  ) {}

  @Get()
  @AdminRoute({
    summary: 'List tax rules, newest first',
    answer: TaxRuleListResponse,
    example: { taxRules: [TAX_RULE_EXAMPLE], total: 1, page: 1, limit: 50 },
  })
  async list(@CurrentScope() scope: TenantScope, @Query() query: ListTaxRulesQuery): Promise<TaxRuleListResponse> {
    return presentPage('taxRules', await this.listing.execute(scope, query), presentTaxRule);
  }

  @Post()
  @AdminRoute({
    summary: 'Create a tax rule',
    description:
      'The rule with the highest priority that fits a line decides its treatment; where none fits, the built-in decision table does. Two active rules that fit the same sales with equal priority must not decide differently.',
    status: 201,
    answer: TaxRuleResponse,
    example: TAX_RULE_EXAMPLE,
    errors: ['tax_rule_contradiction', 'tax_configuration_full'],
    repeatable: true,
  })
  async create(
    @CurrentScope() scope: TenantScope,
    @Body() body: CreateTaxRuleBody,
    @Repeatable() claim: IdempotencyClaim | undefined,
  ): Promise<TaxRuleResponse> {
    return this.creating.execute(scope, body, claim);
  }

  @Delete()
  @AdminRoute({ summary: 'Delete all tax rules', description: 'The built-in decision table then decides alone.', status: 204 })
  async deleteAll(@CurrentScope() scope: TenantScope): Promise<void> {
    await this.deleting.all(scope);
  }

  @Post('populate-defaults')
  @AdminRoute({
    summary: 'Add the default rules for the seller’s country',
    description: 'Adds those that are missing and changes none that is there.',
    answer: PopulatedRulesResponse,
    example: { created: [{ ...TAX_RULE_EXAMPLE, source: 'default' }] },
    errors: ['tax_seller_country_required', 'tax_configuration_full'],
  })
  async populate(@CurrentScope() scope: TenantScope): Promise<PopulatedRulesResponse> {
    return { created: (await this.populating.execute(scope)).map(presentTaxRule) };
  }

  @Put(':id')
  @AdminRoute({
    summary: 'Change a tax rule',
    description: 'Only what is given changes, from the next sale on; what was sold keeps the rules it was decided by.',
    answer: TaxRuleResponse,
    example: { ...TAX_RULE_EXAMPLE, active: false, updatedAt: '2026-04-01T10:00:00.000Z' },
    errors: ['tax_rule_not_found', 'tax_rule_contradiction'],
  })
  @ApiParam(RULE_ID)
  async update(@CurrentScope() scope: TenantScope, @Param('id') id: string, @Body() body: UpdateTaxRuleBody): Promise<TaxRuleResponse> {
    return presentTaxRule(await this.updating.execute(scope, id, body));
  }

  @Delete(':id')
  @AdminRoute({
    summary: 'Delete a tax rule',
    description: 'What was sold keeps the rules it was decided by.',
    status: 204,
    errors: ['tax_rule_not_found'],
  })
  @ApiParam(RULE_ID)
  async delete(@CurrentScope() scope: TenantScope, @Param('id') id: string): Promise<void> {
    await this.deleting.one(scope, id);
  }
}
