import { IsInt, IsOptional, IsUrl, Max, Min } from 'class-validator';

/** The environment of the simulated provider. */
export class SandboxConfig {
  /** Milliseconds until a bank debit or a refund is decided. */
  @IsInt()
  @Min(0)
  @Max(86_400_000)
  SANDBOX_DEBIT_DELAY_MS = 10_000;

  /** Milliseconds between two searches for debits to decide and notifications to send. */
  @IsInt()
  @Min(20)
  @Max(60_000)
  SANDBOX_EVERY_MS = 500;

  /** Where this installation takes provider notifications: the only place the simulator sends them, beside its own address. */
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  HOOKS_PUBLIC_URL?: string;
}
