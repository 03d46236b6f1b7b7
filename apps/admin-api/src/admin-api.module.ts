import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { DataModule } from '@paygate/data-kit';
import { MessagingModule } from '@paygate/messaging-kit';
import { RateLimitModule } from '@paygate/nest-kit';
import type { AdminConfig } from './admin-config.js';
import { GuardsModule } from './guards/index.js';
import { ApiKeysModule } from './api-keys/index.js';
import { AuditLogModule } from './audit-log/index.js';
import { AuthModule } from './auth/index.js';
import { BankReceiptsModule } from './bank-receipts/index.js';
import { BankStatementsModule } from './bank-statements/index.js';
import { BulkRecalculateTaxModule } from './bulk-recalculate-tax/index.js';
import { ChargebacksModule } from './chargebacks/index.js';
import { CheckoutsModule } from './checkouts/index.js';
import { ClientsModule } from './clients/index.js';
import { ConfigurationSnapshotsModule, ReconcileBucket } from './configuration-snapshots/index.js';
import { CustomerRiskHoldsModule } from './customer-risk-holds/index.js';
import { DashboardModule } from './dashboard/index.js';
import { DomainsModule } from './domains/index.js';
import { ExchangeRatesModule } from './exchange-rates/index.js';
import { InvitationsModule } from './invitations/index.js';
import { InvoicesModule } from './invoices/index.js';
import { IpnDeliveriesModule } from './ipn-deliveries/index.js';
import { MembersModule } from './members/index.js';
import { OrganizationsModule } from './organizations/index.js';
import { ProfileModule } from './profile/index.js';
import { ProductsModule } from './products/index.js';
import { ProvidersModule } from './providers/index.js';
import { RefundsModule } from './refunds/index.js';
import { ScopesModule } from './scopes/index.js';
import { SignInPageModule } from './sign-in-page/index.js';
import { SitesModule } from './sites/index.js';
import { ShortCacheModule } from './short-cache/index.js';
import { MerchantSurfaceModule } from './surfaces/merchant/index.js';
import { SystemApiKeysModule } from './system-api-keys/index.js';
import { SystemOrganizationsModule } from './system-organizations/index.js';
import { SystemUsersModule } from './system-users/index.js';
import { TaxRecordsModule } from './tax-records/index.js';
import { TaxRatesModule } from './tax-rates/index.js';
import { TaxRulesModule } from './tax-rules/index.js';
import { TaxSettingsModule } from './tax-settings/index.js';
import { TaxReportsModule } from './tax-reports/index.js';
import { TransactionsModule } from './transactions/index.js';
import { ViesModule } from './vies/index.js';
import { WebhookEndpointsModule } from './webhook-endpoints/index.js';
import { WebhookReplaysModule } from './webhook-replays/index.js';
import { WebhooksModule } from './webhooks/index.js';

/** Everything of the service, its database and its connection to the other services. */
@Module({})
export class AdminApiModule {
  static forRoot(config: AdminConfig): DynamicModule {
    return {
      module: AdminApiModule,
      imports: [
        ...infrastructure(config),
        RateLimitModule.forRoot({
          redisUrl: config.REDIS_URL,
          enabled: config.RATE_LIMIT_ENABLED,
          exempt: config.RATE_LIMIT_EXEMPT,
        }),
        ConfigurationSnapshotsModule,
        GuardsModule,
        AuditLogModule,
        AuthModule,
        ProfileModule,
        SignInPageModule,
        ScopesModule,
        ApiKeysModule,
        SystemApiKeysModule,
        OrganizationsModule,
        MembersModule,
        InvitationsModule,
        SystemOrganizationsModule,
        SystemUsersModule,
        CheckoutsModule,
        CustomerRiskHoldsModule,
        TransactionsModule,
        RefundsModule,
        ChargebacksModule,
        DashboardModule,
        TaxRecordsModule,
        ViesModule,
        TaxReportsModule,
        BulkRecalculateTaxModule,
        BankReceiptsModule,
        BankStatementsModule,
        IpnDeliveriesModule,
        WebhookEndpointsModule,
        WebhookReplaysModule,
        WebhooksModule,
        MerchantSurfaceModule,
        ClientsModule,
        InvoicesModule,
        DomainsModule,
        ProductsModule,
        ProvidersModule,
        SitesModule,
        ExchangeRatesModule,
        TaxSettingsModule,
        TaxRatesModule,
        TaxRulesModule,
      ],
      providers: [ReconcileBucket],
    };
  }
}

export function infrastructure(config: AdminConfig): DynamicModule[] {
  return [
    // Modules stop in reverse order: the outbox relay of the data kit still publishes while it stops.
    MessagingModule.forRoot({ url: config.NATS_URL, service: 'admin' }),
    DataModule.forRoot({
      uri: config.MONGODB_URI,
      database: config.MONGODB_DATABASE,
      production: config.NODE_ENV === 'production',
      systemEncryptionKey: config.SYSTEM_ENCRYPTION_KEY,
    }),
    { module: ShortCacheModule },
  ];
}
