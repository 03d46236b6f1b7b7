import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { TenantScope } from '@paygate/kernel';
import { CurrentScope } from '../access/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { DashboardQuery } from './dto/dashboard.query.js';
import { DASHBOARD_EXAMPLE, DashboardResponse } from './dto/dashboard.response.js';
import { GetDashboard } from './get-dashboard.js';

@ApiTags(ADMIN_API)
@Controller('api/v1/dashboard')
export class DashboardController {
  constructor(private readonly getting: GetDashboard) {}

  @Get()
  @AdminRoute({
    upstream: true,
    summary: 'Get the figures of a period: volume, failures, providers, newest payments',
    description: 'Payments count on the day (UTC) they were begun. The figures are exact at every moment.',
    answer: DashboardResponse,
    example: DASHBOARD_EXAMPLE,
  })
  async get(@CurrentScope() scope: TenantScope, @Query() query: DashboardQuery): Promise<DashboardResponse> {
    return this.getting.execute(scope, query);
  }
}
