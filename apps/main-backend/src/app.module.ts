import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { DataModule } from '@paygate/data-kit';
import { systemClock } from '@paygate/kernel';
import type { Clock } from '@paygate/kernel';
import {
  cancelTransaction,
  checkVatId,
  createCheckout,
  createManualTransaction,
  deleteTransaction,
  assignBankReceipt,
  decideTransfer,
  dismissBankReceipt,
  createRefund,
  getChargeback,
  getCheckout,
  getRefund,
  getTransaction,
  getTransactionTax,
  importBankEntries,
  listBankReceipts,
  listChargebacks,
  listCheckouts,
  listRefunds,
  listTransactions,
  listTransactionTaxes,
  createCustomerRiskHold,
  getCustomerRiskHold,
  listCustomerRiskHolds,
  releaseCustomerRiskHold,
  previewRouting,
  recalculateTransactionTax,
  providerHealth,
  testProvider,
  transactionFigures,
  updateChargeback,
  updateCheckoutMetadata,
  updateTransactionMetadata,
} from '@paygate/messages';
import { MessagingModule } from '@paygate/messaging-kit';
import { RateLimitModule } from '@paygate/nest-kit';
import { BankReceiptsModule } from './bank-receipts/index.js';
import { BuyerLimitsModule } from './buyer-limits/index.js';
import { ChargebacksModule } from './chargebacks/index.js';
import { CheckoutPageModule } from './checkout-page/index.js';
import { CheckoutsModule } from './checkouts/index.js';
import { ClockModule } from './clock.module.js';
import { CustomerRiskModule } from './customer-risk/index.js';
import { HooksModule } from './hooks/index.js';
import { installedAdapters } from './installed-adapters.js';
import type { MainConfig } from './main-config.js';
import { ProviderHealthModule } from './provider-health/index.js';
import { ProviderTestsModule } from './provider-tests/index.js';
import { ProvidersModule } from './providers/index.js';
import type { ProviderAdapter } from './providers/index.js';
import { RefundsModule } from './refunds/index.js';
import { RoutingModule } from './routing/index.js';
import { RuntimeModule } from './runtime/index.js';
import { SandboxProviderModule } from './sandbox-provider/index.js';
import type { SandboxConfig } from './sandbox-provider/index.js';
import { TaxedTransactionsModule } from './taxed-transactions/index.js';
import { TransactionsModule } from './transactions/index.js';
import { VatIdsModule } from './vat-ids/index.js';
import { WellKnownModule } from './well-known/index.js';

/** What tests put in place of the real thing. */
export interface MainParts {
  adapters?: readonly ProviderAdapter[];
  clock?: Clock;
  /** How long the health of providers may be asked for; a busy machine needs more than a buyer would wait. */
  healthTimeoutMs?: number;
  /** Instead of the environment. */
  sandbox?: SandboxConfig;
}

const CONSUMED = [
  ...[createCheckout, getCheckout, listCheckouts, updateCheckoutMetadata],
  ...[getTransaction, listTransactions, transactionFigures, createManualTransaction, updateTransactionMetadata],
  ...[cancelTransaction, deleteTransaction],
  ...[getTransactionTax, listTransactionTaxes, recalculateTransactionTax],
  ...[createRefund, getRefund, listRefunds],
  ...[getChargeback, listChargebacks, updateChargeback],
  ...[testProvider, providerHealth, previewRouting],
  ...[listCustomerRiskHolds, getCustomerRiskHold, createCustomerRiskHold, releaseCustomerRiskHold],
  checkVatId,
  ...[decideTransfer, importBankEntries, assignBankReceipt, dismissBankReceipt, listBankReceipts],
];

@Module({})
export class AppModule {
  static forRoot(config: MainConfig, parts: MainParts = {}): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ClockModule.forRoot(parts.clock ?? systemClock),
        MessagingModule.forRoot({ url: config.NATS_URL, service: 'main', consumes: CONSUMED }),
        DataModule.forRoot({
          uri: config.MONGODB_URI,
          database: config.MONGODB_DATABASE,
          production: config.NODE_ENV === 'production',
          systemEncryptionKey: config.SYSTEM_ENCRYPTION_KEY,
        }),
        RateLimitModule.forRoot({ redisUrl: config.REDIS_URL, enabled: config.RATE_LIMIT_ENABLED, exempt: config.RATE_LIMIT_EXEMPT }),
        ProviderHealthModule.forRoot(config.REDIS_URL, parts.healthTimeoutMs),
        BuyerLimitsModule,
        ProvidersModule.forRoot(parts.adapters ?? installedAdapters(config)),
        CheckoutsModule,
        CustomerRiskModule,
        VatIdsModule,
        RoutingModule,
        TransactionsModule,
        TaxedTransactionsModule,
        BankReceiptsModule,
        RefundsModule,
        ChargebacksModule,
        ProviderTestsModule,
        RuntimeModule,
        HooksModule,
        CheckoutPageModule,
        WellKnownModule,
        SandboxProviderModule.forRoot(parts.sandbox),
      ],
    };
  }
}
