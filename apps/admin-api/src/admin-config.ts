import { Resolver } from 'node:dns';
import { ServiceConfig } from '@paygate/nest-kit';
import { IsInt, IsOptional, Matches, Max, MaxLength, Min, MinLength, ValidateBy } from 'class-validator';

/** Environment of admin-api. */
export class AdminConfig extends ServiceConfig {
  override PORT: number = 3001;

  override MONGODB_DATABASE: string = 'paygate_admin';

  /** Where integrators reach this service, e.g. `https://api.example.com`; shown in the OpenAPI document. */
  @IsOrigin()
  ADMIN_PUBLIC_URL: string = 'http://127.0.0.1:3001';

  /** Where buyers reach the hosted pages, e.g. `https://pay.example.com`; custom domains must lead to its host. */
  @IsOrigin()
  CHECKOUT_PUBLIC_URL: string = 'http://127.0.0.1:3002';

  /** Where providers reach `/hooks/…`, e.g. `https://hooks.example.com`; no custom domain may have its host. */
  @IsOrigin()
  HOOKS_PUBLIC_URL: string = 'http://127.0.0.1:3002';

  /** Name servers that custom domains are looked up at, comma separated; those of the machine unless given. */
  @IsOptional()
  @IsDnsServers()
  DNS_SERVERS?: string;

  /**
   * Where people sign in with passkeys, comma separated; the origin of `ADMIN_PUBLIC_URL` unless given. Passkeys are made for
   * the host of the first one, so the others must be below it.
   */
  @IsOptional()
  @IsPasskeyOrigins()
  PASSKEY_ORIGINS?: string;

  /** What a device calls this platform when it makes a passkey. */
  @MinLength(1)
  @MaxLength(60)
  PASSKEY_RP_NAME: string = 'paygate';

  /** How long an access token is good for. */
  @IsInt()
  @Min(1)
  @Max(60)
  ACCESS_TOKEN_MINUTES: number = 10;

  /** Lets the first administrator register; made from `SYSTEM_ENCRYPTION_KEY` unless given. */
  @IsOptional()
  @MinLength(20)
  @MaxLength(200)
  SETUP_TOKEN?: string;
}

function IsOrigin(): PropertyDecorator {
  return Matches(/^https?:\/\/[^\s/]+$/, { message: '$property must be an origin like https://api.example.com, without a path' });
}

function IsDnsServers(): PropertyDecorator {
  return ValidateBy({
    name: 'isDnsServers',
    validator: {
      validate: (value) => typeof value === 'string' && areDnsServers(value.split(',').map((server) => server.trim())),
      defaultMessage: () =>
        '$property must be IP addresses separated by commas, each with a port if it is not 53, e.g. 192.0.2.53 or [2001:db8::53]:5353',
    },
  });
}

const LAST_PORT = 65_535;

function areDnsServers(servers: readonly string[]): boolean {
  try {
    new Resolver().setServers(servers);
    // The resolver takes any number for a port.
    return servers.every((server) => Number(/(?:^[^:]*|\]):(\d+)$/.exec(server)?.[1] ?? 53) <= LAST_PORT);
  } catch {
    return false;
  }
}

function IsPasskeyOrigins(): PropertyDecorator {
  return ValidateBy({
    name: 'isPasskeyOrigins',
    validator: {
      validate: (value) => typeof value === 'string' && arePasskeyOrigins(value.split(',').map((entry) => entry.trim())),
      defaultMessage: () =>
        '$property must be https origins separated by commas, on the host of the first one or below it; http://localhost is allowed too',
    },
  });
}

/** What browsers make passkeys for: hosts with a name, over https, or this machine. */
function arePasskeyOrigins(origins: readonly string[]): boolean {
  const hosts = origins.map((origin) => {
    const [, scheme, host] = /^(https?):\/\/([a-z0-9.-]*[a-z][a-z0-9.-]*)(?::\d+)?$/.exec(origin) ?? [];
    return scheme === 'https' || host === 'localhost' || host?.endsWith('.localhost') ? host : undefined;
  });
  const [first] = hosts;
  return first !== undefined && hosts.every((host) => host === first || host?.endsWith(`.${first}`));
}
