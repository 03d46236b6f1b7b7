import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { Changes } from '../changes/index.js';
import { pathId } from '../validation-rules/index.js';
import type { Client, ClientDetails } from './client.js';
import { ClientsRepository } from './clients.repository.js';
import { RecordClientChange } from './history/record-client-change.js';

@Injectable()
export class UpdateClient {
  constructor(
    private readonly changes: Changes,
    private readonly clients: ClientsRepository,
    private readonly history: RecordClientChange,
  ) {}

  /**
   * Sets what `wanted` has: an undefined value takes the field away, a missing one leaves it.
   * @throws DomainError `client_not_found`, `already_exists`
   */
  async execute(scope: TenantScope, id: string, wanted: Partial<ClientDetails>): Promise<Client> {
    const clientId = pathId(id, 'client_not_found');
    return this.changes.run(async (change) => {
      const before = await this.clients.find(scope, clientId, change.session);
      if (!before) throw new DomainError('client_not_found');
      const after: Client = { ...before, ...wanted, updatedAt: change.now };
      const differs = await this.history.record(change, scope, 'updated', before, after);
      if (!differs) return before;
      await this.clients.replace(scope, after, change.session);
      return after;
    });
  }
}
