import { Body, Controller, Delete, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { TenantScope } from '@paygate/kernel';
import type { IdempotencyClaim } from '@paygate/messages';
import { PageQuery, presentPage } from '@paygate/nest-kit';
import { CurrentScope } from '../access/index.js';
import { Repeatable } from '../changes/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { changedDetails, newDetails } from './canonical-details.js';
import { CreateClient } from './create-client.js';
import { DeleteClient } from './delete-client.js';
import { CreateClientBody, UpdateClientBody } from './dto/client-fields.body.js';
import { CLIENT_CHANGE_EXAMPLE, ClientHistoryResponse } from './dto/client-history.response.js';
import { CLIENT_EXAMPLE, ClientListResponse, ClientResponse, ClientSearchResponse } from './dto/client.response.js';
import { ListClientsQuery } from './dto/list-clients.query.js';
import { SearchClientsQuery } from './dto/search-clients.query.js';
import { GetClientHistory } from './get-client-history.js';
import { GetClient } from './get-client.js';
import { ListClients } from './list-clients.js';
import { presentClient, presentClientChange } from './present-client.js';
import { SearchClients } from './search-clients.js';
import { UpdateClient } from './update-client.js';

const CLIENT_ID = { name: 'id', description: 'Id of the client.', example: CLIENT_EXAMPLE.id };

@ApiTags(ADMIN_API)
@Controller('api/v1/clients')
export class ClientsController {
  constructor(
    private readonly listing: ListClients,
    private readonly searching: SearchClients,
    private readonly getting: GetClient,
    private readonly creating: CreateClient,
    private readonly updating: UpdateClient,
    private readonly deleting: DeleteClient,
    private readonly history: GetClientHistory,
  ) {}

  @Get()
  @AdminRoute({
    summary: 'List clients, newest first',
    answer: ClientListResponse,
    example: { clients: [CLIENT_EXAMPLE], total: 1, page: 1, limit: 50 },
  })
  async list(@CurrentScope() scope: TenantScope, @Query() query: ListClientsQuery): Promise<ClientListResponse> {
    return presentPage('clients', await this.listing.execute(scope, query), presentClient);
  }

  @Get('search')
  @AdminRoute({
    summary: 'Search clients by words',
    answer: ClientSearchResponse,
    example: { clients: [CLIENT_EXAMPLE], hasMore: false, limit: 20 },
  })
  async search(@CurrentScope() scope: TenantScope, @Query() { q, limit }: SearchClientsQuery): Promise<ClientSearchResponse> {
    const { clients, hasMore } = await this.searching.execute(scope, q, limit);
    return { clients: clients.map(presentClient), hasMore, limit };
  }

  @Get(':id')
  @AdminRoute({ summary: 'Get a client', answer: ClientResponse, example: CLIENT_EXAMPLE, errors: ['client_not_found'] })
  @ApiParam(CLIENT_ID)
  async get(@CurrentScope() scope: TenantScope, @Param('id') id: string): Promise<ClientResponse> {
    return presentClient(await this.getting.execute(scope, id));
  }

  @Post()
  @AdminRoute({
    summary: 'Create a client',
    status: 201,
    answer: ClientResponse,
    example: CLIENT_EXAMPLE,
    errors: ['already_exists'],
    repeatable: true,
  })
  async create(
    @CurrentScope() scope: TenantScope,
    @Body() body: CreateClientBody,
    @Repeatable() claim: IdempotencyClaim | undefined,
  ): Promise<ClientResponse> {
    return this.creating.execute(scope, newDetails(body), claim);
  }

  @Put(':id')
  @AdminRoute({
    summary: 'Change a client',
    description:
      'Changes the fields that are sent and leaves the others. `null` or an empty text empties a field. Addresses, `metadata` and ' +
      '`taxInfo` are replaced as a whole.',
    answer: ClientResponse,
    example: { ...CLIENT_EXAMPLE, updatedAt: '2026-03-02T10:00:00.000Z' },
    errors: ['client_not_found', 'already_exists'],
  })
  @ApiParam(CLIENT_ID)
  async update(@CurrentScope() scope: TenantScope, @Param('id') id: string, @Body() body: UpdateClientBody): Promise<ClientResponse> {
    return presentClient(await this.updating.execute(scope, id, changedDetails(body)));
  }

  @Delete(':id')
  @AdminRoute({
    summary: 'Delete a client',
    description:
      'The client is gone from lists and search, and its e-mail address and externalId are free again. Payments, invoices and the ' +
      'history that refer to it stay.',
    status: 204,
    errors: ['client_not_found'],
  })
  @ApiParam(CLIENT_ID)
  async delete(@CurrentScope() scope: TenantScope, @Param('id') id: string): Promise<void> {
    await this.deleting.execute(scope, id);
  }

  @Get(':id/history')
  @AdminRoute({
    summary: 'Get the history of a client, newest change first',
    description: 'Every change of each field with its values before and after, and who made it. Also of a deleted client.',
    answer: ClientHistoryResponse,
    example: { history: [CLIENT_CHANGE_EXAMPLE], total: 1, page: 1, limit: 50 },
    errors: ['client_not_found'],
  })
  @ApiParam(CLIENT_ID)
  async changes(@CurrentScope() scope: TenantScope, @Param('id') id: string, @Query() query: PageQuery): Promise<ClientHistoryResponse> {
    return presentPage('history', await this.history.execute(scope, id, query), presentClientChange);
  }
}
