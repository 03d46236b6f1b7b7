import { Controller, Get, Param, Post } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { TenantScope } from '@paygate/kernel';
import { CurrentScope } from '../access/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { TAX_DECISION_EXAMPLE } from './dto/tax-decision.example.js';
import { TaxDecisionResponse } from './dto/tax-decision.response.js';
import { GetTransactionTax } from './get-transaction-tax.js';
import { presentTaxDecision } from './present-tax-decision.js';
import { RecalculateTransactionTax } from './recalculate-transaction-tax.js';

const ID = { name: 'id', description: 'Id of the transaction.', example: TAX_DECISION_EXAMPLE.transactionId };

@ApiTags(ADMIN_API)
@Controller('api/v1/transactions')
export class TransactionTaxController {
  constructor(
    private readonly getting: GetTransactionTax,
    private readonly recalculating: RecalculateTransactionTax,
  ) {}

  @Get(':id/tax')
  @AdminRoute({
    upstream: true,
    summary: 'Get how a transaction is taxed, and why',
    description:
      'The decision that holds: amounts, the rule that decided each line and the steps that led there, what was known of the buyer, the part of the configuration that took part, and everything that was told to the tax records.',
    answer: TaxDecisionResponse,
    example: TAX_DECISION_EXAMPLE,
    errors: ['transaction_not_found'],
  })
  @ApiParam(ID)
  async get(@CurrentScope() scope: TenantScope, @Param('id') id: string): Promise<TaxDecisionResponse> {
    return presentTaxDecision(await this.getting.execute(scope, id));
  }

  @Post(':id/recalculate-tax')
  @AdminRoute({
    upstream: true,
    summary: 'Calculate the tax of a transaction once more',
    description:
      'The same sale with the present settings, rates and rules. What the payment came to stays; the tax records of the sale and of everything refunded or disputed are replaced where they differ. A VAT id that could not be checked at the time is checked again.',
    answer: TaxDecisionResponse,
    example: { ...TAX_DECISION_EXAMPLE, version: 2 },
    errors: ['transaction_not_found', 'conflict'],
  })
  @ApiParam(ID)
  async recalculate(@CurrentScope() scope: TenantScope, @Param('id') id: string): Promise<TaxDecisionResponse> {
    return presentTaxDecision(await this.recalculating.execute(scope, id));
  }
}
