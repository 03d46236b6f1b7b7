import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import type { Page } from '@paygate/nest-kit';
import { periodOf, startOf } from '../validation-rules/index.js';
import type { Client } from './client.js';
import { ClientsRepository } from './clients.repository.js';
import type { ListClientsQuery } from './dto/list-clients.query.js';

@Injectable()
export class ListClients {
  constructor(private readonly clients: ClientsRepository) {}

  /** @throws DomainError `validation_failed` for a period that ends before it begins */
  async execute(scope: TenantScope, query: ListClientsQuery): Promise<Page<Client>> {
    const { from, to } = periodOf(query);
    const { email, externalId, country } = query;
    const filter = { email, externalId, country: country?.toUpperCase(), createdFrom: startOf(from), createdTo: startOf(to) };
    return this.clients.list(scope, filter, query);
  }
}
