import { FalseInProduction, ServiceConfig } from '@paygate/nest-kit';
import { IsBoolean, IsInt, IsOptional, Max, Min, ValidateBy } from 'class-validator';

const PROXY_URL = {
  name: 'proxyUrl',
  validator: { validate: isProxyUrl, defaultMessage: () => '$property must be http(s)://[user:password@]host[:port], without a path' },
};

/** The environment of webhook-dispatcher. */
export class DispatcherConfig extends ServiceConfig {
  override MONGODB_DATABASE = 'paygate_dispatch';

  @IsInt()
  @Min(0)
  @Max(65_535)
  override PORT = 3003;

  /** Lets notifications go to addresses that are not public. For local development only. */
  @IsBoolean()
  @FalseInProduction('merchants could reach the private network')
  PAYGATE_ALLOW_PRIVATE_TARGETS = false;

  /** Milliseconds a receiver gets for the whole exchange: resolve, connect, send, answer. */
  @IsInt()
  @Min(100)
  @Max(60_000)
  DELIVERY_TIMEOUT_MS = 15_000;

  /** Proxy all notifications go through, e.g. `http://user:password@proxy.example:3128`. It must allow CONNECT to IP addresses. */
  @IsOptional()
  @ValidateBy(PROXY_URL)
  DELIVERY_PROXY_URL?: string;

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

  /** Days that contents of notifications and answers of receivers are kept. */
  @IsInt()
  @Min(1)
  @Max(3_650)
  RETENTION_DAYS = 90;

  /** Days that finished deliveries are on record, at least as long as their contents. More than the 30 that the stream keeps events. */
  @IsInt()
  @Min(31)
  @Max(3_650)
  DELIVERY_RETENTION_DAYS = 365;

  /** Milliseconds between two searches for deliveries that nobody was woken for, because Redis or an instance was lost. */
  @IsInt()
  @Min(50)
  @Max(600_000)
  DELIVERY_SWEEP_MS = 5_000;
}

function isProxyUrl(value: unknown): boolean {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  const { protocol, pathname, search, hash } = new URL(value);
  return (protocol === 'http:' || protocol === 'https:') && pathname === '/' && search === '' && hash === '';
}
