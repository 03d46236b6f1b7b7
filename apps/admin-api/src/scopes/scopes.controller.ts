import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { ListScopes } from './list-scopes.js';
import { SCOPE_LIST_EXAMPLE, ScopeListResponse } from './scope.response.js';

@ApiTags(ADMIN_API)
@Controller('api/v1/scopes')
export class ScopesController {
  constructor(private readonly listing: ListScopes) {}

  @Get()
  @AdminRoute({ summary: 'List every scope a key can carry', answer: ScopeListResponse, example: SCOPE_LIST_EXAMPLE })
  list(): ScopeListResponse {
    return this.listing.execute();
  }
}
