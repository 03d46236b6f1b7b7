import { Injectable } from '@nestjs/common';
import { newObjectId } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import type { IdempotencyClaim } from '@paygate/messages';
import { Changes } from '../changes/index.js';
import type { Client, ClientDetails } from './client.js';
import { ClientsRepository } from './clients.repository.js';
import type { ClientResponse } from './dto/client.response.js';
import { RecordClientChange } from './history/record-client-change.js';
import { presentClient } from './present-client.js';

@Injectable()
export class CreateClient {
  constructor(
    private readonly changes: Changes,
    private readonly clients: ClientsRepository,
    private readonly history: RecordClientChange,
  ) {}

  /** @throws DomainError `already_exists`, `idempotency_key_reused`, `request_in_progress` */
  async execute(scope: TenantScope, details: ClientDetails, claim: IdempotencyClaim | undefined): Promise<ClientResponse> {
    return this.changes.once(scope, 'client.create', claim, async (change) => {
      const at = change.now;
      const client: Client = { ...details, id: newObjectId(at), livemode: scope.livemode, createdAt: at, updatedAt: at };
      await this.clients.insert(scope, client, change.session);
      await this.history.record(change, scope, 'created', undefined, client);
      return presentClient(client);
    });
  }
}
