import { ServiceConfig } from '@paygate/nest-kit';
import { IsBoolean, IsInt, Max, Min, ValidateBy } from 'class-validator';
import type { ValidationArguments } from 'class-validator';

function FalseInProduction(): PropertyDecorator {
  return ValidateBy({
    name: 'falseInProduction',
    validator: {
      validate: (value, args?: ValidationArguments) =>
        value !== true || (args?.object as ServiceConfig | undefined)?.NODE_ENV !== 'production',
      defaultMessage: () => '$property must not be true when NODE_ENV is production: merchants could reach the private network',
    },
  });
}

/** The environment of webhook-dispatcher. */
export class DispatcherConfig extends ServiceConfig {
  override MONGODB_DATABASE = 'paygate_dispatch';

  @IsInt()
  @Min(0)
  @Max(65_535)
  override PORT = 3003;

  /** Lets notifications go to addresses that are not public. For local development only. */
  @IsBoolean()
  @FalseInProduction()
  PAYGATE_ALLOW_PRIVATE_TARGETS = false;

  /** Milliseconds a receiver gets for the whole exchange: resolve, connect, send, answer. */
  @IsInt()
  @Min(100)
  @Max(60_000)
  DELIVERY_TIMEOUT_MS = 15_000;

  /** Notifications on the wire at the same time, in one instance. */
  @IsInt()
  @Min(1)
  @Max(2_000)
  DELIVERY_CONCURRENCY = 256;

  /** The same for one origin (scheme, host and port). Slow and failing origins get less. */
  @IsInt()
  @Min(1)
  @Max(1_000)
  DELIVERY_CONCURRENCY_PER_ORIGIN = 64;

  /** Milliseconds between two searches for deliveries that nobody was woken for, because Redis or an instance was lost. */
  @IsInt()
  @Min(50)
  @Max(600_000)
  DELIVERY_SWEEP_MS = 5_000;
}
