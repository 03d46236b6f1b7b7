import { Injectable } from '@nestjs/common';
import { systemClock } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { listTransactions, transactionFigures } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import { presentTransaction } from '../transactions/index.js';
import { tenantRequest } from '../upstream/index.js';
import { dashboardPeriods } from './dashboard-periods.js';
import type { DashboardQuery } from './dto/dashboard.query.js';
import type { DashboardResponse } from './dto/dashboard.response.js';
import { attempts, topProviders, volumes } from './summarize-figures.js';

const RECENT = { page: 1, limit: 10 };

/** What the organization's payments come to, at a glance. */
@Injectable()
export class GetDashboard {
  constructor(private readonly rpc: RpcClient) {}

  /** @throws DomainError `validation_failed` for a period that is none */
  async execute(scope: TenantScope, query: DashboardQuery): Promise<DashboardResponse> {
    const { siteId } = query;
    const { period, comparison } = dashboardPeriods(query, systemClock.now());
    const [now, before, recent] = await Promise.all([
      this.rpc.request(transactionFigures, tenantRequest(scope, { ...period, siteId, withDays: true })),
      this.rpc.request(transactionFigures, tenantRequest(scope, { ...comparison, siteId })),
      this.rpc.request(listTransactions, tenantRequest(scope, { ...RECENT, siteId })),
    ]);
    return {
      period,
      comparison,
      currencies: volumes(now, before),
      transactions: attempts(now, before),
      topProviders: topProviders(now),
      days: now.byDay.map(({ day, currency, count, amount, refundedAmount }) => ({
        ...{ day, currency, payments: count },
        ...{ grossVolume: amount, refunded: refundedAmount },
      })),
      recentTransactions: recent.items.map(presentTransaction),
    };
  }
}
