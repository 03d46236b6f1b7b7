import { Controller, Delete, Param } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { TenantScope } from '@paygate/kernel';
import { CurrentScope } from '../access/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { ERASED_NOTIFICATIONS_EXAMPLE, ErasedNotificationsResponse } from './dto/erased-notifications.response.js';
import { TRANSACTION_EXAMPLE } from './dto/transaction.response.js';
import { EraseNotifications } from './erase-notifications.js';

@ApiTags(ADMIN_API)
@Controller('api/v1/transactions')
export class TransactionNotificationsController {
  constructor(private readonly erasing: EraseNotifications) {}

  @Delete(':id/notifications')
  @AdminRoute({
    upstream: true,
    summary: 'Erase the personal data in the notifications of a transaction',
    description:
      'Removes the bytes sent and the answers of receivers, for the IPN address and all webhook endpoints. That there were notifications, when, and with which status, stays. May be repeated.',
    answer: ErasedNotificationsResponse,
    example: ERASED_NOTIFICATIONS_EXAMPLE,
    errors: ['transaction_not_found'],
  })
  @ApiParam({ name: 'id', description: 'Id of the transaction.', example: TRANSACTION_EXAMPLE.id })
  erase(@CurrentScope() scope: TenantScope, @Param('id') id: string): Promise<ErasedNotificationsResponse> {
    return this.erasing.execute(scope, id);
  }
}
