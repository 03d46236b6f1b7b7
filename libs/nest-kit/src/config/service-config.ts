import { IsBoolean, IsIn, IsInt, IsIP, IsOptional, IsString, Matches, Max, MaxLength, Min, MinLength } from 'class-validator';
import { IsAddressList, IsKeyring } from './config-validators.js';

/**
 * What every service needs. Each property is the environment variable of the same name.
 * A service extends this class, gives `MONGODB_DATABASE` its default and adds its own variables.
 */
export class ServiceConfig {
  @IsIn(['development', 'test', 'production'])
  NODE_ENV: 'development' | 'test' | 'production' = 'development';

  /** Address to listen on; `0.0.0.0` for every interface. */
  @IsIP(undefined, { message: '$property must be an IP address to listen on, such as 127.0.0.1 or 0.0.0.0' })
  HOST: string = '127.0.0.1';

  @IsInt()
  @Min(0)
  @Max(65_535)
  PORT!: number;

  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
  LOG_LEVEL: string = 'info';

  @Matches(/^mongodb(\+srv)?:\/\/\S+$/, { message: '$property must be an address like mongodb://host:27017' })
  MONGODB_URI!: string;

  @Matches(/^[A-Za-z0-9_-]{1,63}$/, { message: '$property must be a database name of letters, digits, _ and -, at most 63 characters' })
  MONGODB_DATABASE!: string;

  @Matches(/^(nats|tls|wss?):\/\/\S+$/, { message: '$property must be an address like nats://host:4222' })
  NATS_URL!: string;

  @Matches(/^rediss?:\/\/\S+$/, { message: '$property must be an address like redis://host:6379' })
  REDIS_URL!: string;

  /** `keyId:base64(32 bytes)[,olderKeyId:base64…]`; the first key encrypts, the others only decrypt. */
  @IsKeyring()
  SYSTEM_ENCRYPTION_KEY!: string;

  /** Reverse proxies whose X-Forwarded-For is believed: addresses or CIDR ranges, comma separated. */
  @IsAddressList()
  TRUSTED_PROXIES: string = '127.0.0.1,::1';

  /** Whether requests are limited at all. */
  @IsBoolean()
  RATE_LIMIT_ENABLED: boolean = true;

  /** Client addresses that are never limited: addresses or CIDR ranges, comma separated; blank for none. */
  @IsAddressList({ mayBeEmpty: true })
  RATE_LIMIT_EXEMPT: string = '127.0.0.1,::1';

  /** When set, GET /internal/health and GET /metrics want it as a bearer token. */
  @IsOptional()
  @IsString()
  @MinLength(16)
  @MaxLength(512)
  INTERNAL_HEALTH_TOKEN?: string;

  /** Milliseconds that requests in flight get to finish when the service stops. */
  @IsInt()
  @Min(0)
  @Max(300_000)
  SHUTDOWN_GRACE_MS: number = 10_000;
}
