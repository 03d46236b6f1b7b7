import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { Changes } from '../changes/index.js';
import { pathId } from '../validation-rules/index.js';
import { ClientsRepository } from './clients.repository.js';
import { RecordClientChange } from './history/record-client-change.js';

@Injectable()
export class DeleteClient {
  constructor(
    private readonly changes: Changes,
    private readonly clients: ClientsRepository,
    private readonly history: RecordClientChange,
  ) {}

  /** What refers to the client, and its history, stay. @throws DomainError `client_not_found` */
  async execute(scope: TenantScope, id: string): Promise<void> {
    const clientId = pathId(id, 'client_not_found');
    await this.changes.run(async (change) => {
      const client = await this.clients.find(scope, clientId, change.session);
      if (!client) throw new DomainError('client_not_found');
      await this.clients.remove(scope, client, change.now, change.session);
      await this.history.record(change, scope, 'deleted', client, undefined);
    });
  }
}
