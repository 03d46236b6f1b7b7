import { Controller } from '@nestjs/common';
import { eraseNotifications, EraseNotificationsCommand, tenantScopeOf } from '@paygate/messages';
import type { ErasedNotifications } from '@paygate/messages';
import { HandlesRequest } from '@paygate/messaging-kit';
import { RetentionStore } from './retention.store.js';

@Controller()
export class RetentionController {
  constructor(private readonly store: RetentionStore) {}

  @HandlesRequest(eraseNotifications)
  erase(command: EraseNotificationsCommand): Promise<ErasedNotifications> {
    return this.store.erase(tenantScopeOf(command), command.transactionId);
  }
}
