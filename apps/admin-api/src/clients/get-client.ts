import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { pathId } from '../validation-rules/index.js';
import type { Client } from './client.js';
import { ClientsRepository } from './clients.repository.js';

@Injectable()
export class GetClient {
  constructor(private readonly clients: ClientsRepository) {}

  /** @throws DomainError `client_not_found` */
  async execute(scope: TenantScope, id: string): Promise<Client> {
    const client = await this.clients.find(scope, pathId(id, 'client_not_found'));
    if (!client) throw new DomainError('client_not_found');
    return client;
  }
}
