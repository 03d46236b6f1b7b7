import { Controller } from '@nestjs/common';
import {
  createEndpoint,
  CreateEndpointCommand,
  deleteEndpoint,
  disableEndpoint,
  enableEndpoint,
  EndpointRequest,
  endpointStatistics,
  EndpointStatisticsRequest,
  getEndpoint,
  listEndpoints,
  ListEndpointsRequest,
  rotateEndpointSecret,
  RotateEndpointSecretCommand,
  tenantScopeOf,
  updateEndpoint,
  UpdateEndpointCommand,
} from '@paygate/messages';
import type {
  DeletedEndpoint,
  EndpointPage,
  EndpointStatistics as EndpointFigures,
  EndpointView,
  EndpointWithSecret,
} from '@paygate/messages';
import { HandlesRequest } from '@paygate/messaging-kit';
import { EndpointStatistics } from './endpoint-statistics.js';
import { EndpointsRepository } from './endpoints.repository.js';
import { ManageEndpoints } from './manage-endpoints.js';
import { presentEndpoint, presentWithSecret } from './present-endpoint.js';

/** What other services ask about endpoints and want done with them. */
@Controller()
export class EndpointsController {
  constructor(
    private readonly repository: EndpointsRepository,
    private readonly endpoints: ManageEndpoints,
    private readonly statistics: EndpointStatistics,
  ) {}

  @HandlesRequest(createEndpoint)
  async create(command: CreateEndpointCommand): Promise<EndpointWithSecret> {
    const { row, secret } = await this.endpoints.create(tenantScopeOf(command), command);
    return presentWithSecret(row, secret, new Date());
  }

  @HandlesRequest(listEndpoints)
  async list(request: ListEndpointsRequest): Promise<EndpointPage> {
    const page = await this.repository.list(tenantScopeOf(request), request, request);
    return { ...page, items: page.items.map((row) => presentEndpoint(row, new Date())) };
  }

  @HandlesRequest(getEndpoint)
  async get(request: EndpointRequest): Promise<EndpointView> {
    return presentEndpoint(await this.repository.find(tenantScopeOf(request), request.endpointId), new Date());
  }

  @HandlesRequest(updateEndpoint)
  async update(command: UpdateEndpointCommand): Promise<EndpointView> {
    return presentEndpoint(await this.endpoints.update(tenantScopeOf(command), command), new Date());
  }

  @HandlesRequest(rotateEndpointSecret)
  async rotateSecret(command: RotateEndpointSecretCommand): Promise<EndpointWithSecret> {
    const { row, secret } = await this.endpoints.rotateSecret(tenantScopeOf(command), command);
    return presentWithSecret(row, secret, new Date());
  }

  @HandlesRequest(enableEndpoint)
  async enable(request: EndpointRequest): Promise<EndpointView> {
    return presentEndpoint(await this.endpoints.enable(tenantScopeOf(request), request.endpointId), new Date());
  }

  @HandlesRequest(disableEndpoint)
  async disable(request: EndpointRequest): Promise<EndpointView> {
    return presentEndpoint(await this.endpoints.disable(tenantScopeOf(request), request.endpointId), new Date());
  }

  @HandlesRequest(endpointStatistics)
  figures(request: EndpointStatisticsRequest): Promise<EndpointFigures> {
    return this.statistics.execute(tenantScopeOf(request), request, new Date());
  }

  @HandlesRequest(deleteEndpoint)
  async remove(request: EndpointRequest): Promise<DeletedEndpoint> {
    await this.endpoints.remove(tenantScopeOf(request), request.endpointId);
    return { endpointId: request.endpointId };
  }
}
