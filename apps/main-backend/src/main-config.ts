import { FalseInProduction, ServiceConfig } from '@paygate/nest-kit';
import { IsBoolean, IsIn, IsInt, IsOptional, IsUrl, Max, Min, ValidateBy } from 'class-validator';
import type { ValidationArguments } from 'class-validator';

const PUBLIC_URL = { protocols: ['http', 'https'], require_protocol: true, require_tld: false };

/** Faults a crash test may ask for. */
export const FAULTS = [
  'exit-after-provider-success',
  'exit-between-attempts',
  'exit-after-refund-written',
  'exit-after-provider-refund',
] as const;
export type Fault = (typeof FAULTS)[number];

function OutsideProductionOnly(): PropertyDecorator {
  return ValidateBy({
    name: 'outsideProductionOnly',
    validator: {
      validate: (_value, args?: ValidationArguments) => (args?.object as ServiceConfig | undefined)?.NODE_ENV !== 'production',
      defaultMessage: () => '$property must be absent when NODE_ENV is production',
    },
  });
}

/** The environment of main-backend. */
export class MainConfig extends ServiceConfig {
  override MONGODB_DATABASE = 'paygate_main';

  @IsInt()
  @Min(0)
  @Max(65_535)
  override PORT = 3002;

  /** Where buyers reach the hosted checkout, without a path, e.g. `https://pay.example.com`. */
  @IsUrl(PUBLIC_URL)
  CHECKOUT_PUBLIC_URL!: string;

  /** Where providers reach `/hooks/…`, without a path, e.g. `https://hooks.example.com`. */
  @IsUrl(PUBLIC_URL)
  HOOKS_PUBLIC_URL!: string;

  /** Milliseconds after which a payment nobody has decided is looked up at its provider. */
  @IsInt()
  @Min(100)
  @Max(3_600_000)
  RECONCILE_AFTER_MS = 60_000;

  /** Milliseconds between two searches for payments to look up. */
  @IsInt()
  @Min(50)
  @Max(600_000)
  RECONCILE_EVERY_MS = 5_000;

  /** Days after which a bank transfer of which nothing has come counts as failed; money that comes later is still accepted. */
  @IsInt()
  @Min(1)
  @Max(365)
  TRANSFER_LAPSES_AFTER_DAYS = 30;

  /** Milliseconds between two searches for checkouts whose time is over. */
  @IsInt()
  @Min(50)
  @Max(600_000)
  EXPIRE_EVERY_MS = 30_000;

  /** Milliseconds between two searches for provider notifications still to be processed. */
  @IsInt()
  @Min(50)
  @Max(600_000)
  PROVIDER_EVENTS_EVERY_MS = 2_000;

  /** Milliseconds between two foldings of the counted transactions. */
  @IsInt()
  @Min(50)
  @Max(600_000)
  FOLD_TALLIES_EVERY_MS = 10_000;

  /** Milliseconds a provider gets to answer; after that the outcome counts as unknown. */
  @IsInt()
  @Min(100)
  @Max(60_000)
  PROVIDER_TIMEOUT_MS = 15_000;

  /** The VAT number service of the European Commission (VIES), its REST interface. */
  @IsUrl(PUBLIC_URL)
  VIES_URL = 'https://ec.europa.eu/taxation_customs/vies/rest-api';

  /** Milliseconds the service gets to answer about a VAT id; after that it counts as not checked. */
  @IsInt()
  @Min(100)
  @Max(7_500)
  VIES_TIMEOUT_MS = 6_000;

  /** Milliseconds between two searches for VAT ids of transactions that could not be checked when they were made. */
  @IsInt()
  @Min(50)
  @Max(3_600_000)
  RECHECK_VAT_IDS_EVERY_MS = 60_000;

  /** Lets accounts at providers have addresses that are not public. For local development only. */
  @IsBoolean()
  @FalseInProduction('merchants could reach the private network')
  PAYGATE_ALLOW_PRIVATE_TARGETS = false;

  /** Crashes the process at a chosen point, for crash tests. */
  @IsOptional()
  @IsIn(FAULTS)
  @OutsideProductionOnly()
  PAYGATE_FAULT?: Fault;
}
