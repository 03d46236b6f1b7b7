import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { TenantScope } from '@paygate/kernel';
import { CurrentScope } from '../access/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { DecideTransfer } from './decide-transfer.js';
import { DecideTransferBody } from './dto/decide-transfer.body.js';
import { TRANSACTION_EXAMPLE, TransactionResponse } from './dto/transaction.response.js';
import { presentTransaction } from './present-transaction.js';

@ApiTags(ADMIN_API)
@Controller('api/v1/transactions')
export class ManualStatusController {
  constructor(private readonly deciding: DecideTransfer) {}

  @Post(':id/manual-status')
  @AdminRoute({
    upstream: true,
    summary: 'Say that a bank transfer was paid, or will not be',
    description:
      'For payments through `wire` and `wise`. Money is counted once however often the same is said; what is missing or too much stands in `receivedDifference`.',
    answer: TransactionResponse,
    example: { ...TRANSACTION_EXAMPLE, providerType: 'wire', receivedAmount: 4900, receivedDifference: 0 },
    errors: ['transaction_not_found', 'invalid_transition', 'received_amount_too_low'],
  })
  @ApiParam({ name: 'id', description: 'Id of the transaction.', example: TRANSACTION_EXAMPLE.id })
  async decide(
    @CurrentScope() scope: TenantScope,
    @Param('id') id: string,
    @Body() body: DecideTransferBody,
  ): Promise<TransactionResponse> {
    return presentTransaction(await this.deciding.execute(scope, id, body));
  }
}
