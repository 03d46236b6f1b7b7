import { CURRENCIES } from '@paygate/kernel';
import { IsIn, IsInt, IsOptional, IsString, IsUrl, Length, Max, MaxLength, Min } from 'class-validator';

const WEB_ADDRESS = { protocols: ['http', 'https'], require_protocol: true, require_tld: false, disallow_auth: true };

/** Body of POST /sandbox/v1/payments. */
export class CreatePaymentDto {
  @IsString() @Length(1, 64) transactionId!: string;
  @IsInt() @Min(1) @Max(Number.MAX_SAFE_INTEGER) amount!: number;
  @IsIn(CURRENCIES) currency!: string;
  @IsString() @MaxLength(500) description!: string;
  @IsUrl(WEB_ADDRESS) @MaxLength(2000) returnUrl!: string;
  @IsOptional() @IsUrl(WEB_ADDRESS) @MaxLength(2000) webhookUrl?: string;
  @IsOptional() @IsString() @Length(16, 200) webhookSecret?: string;
}

/** Body of POST /sandbox/v1/payments/:id/simulate. */
export class SimulateDto {
  /** A test instrument's token, or `challenge_passed` / `challenge_failed`. */
  @IsString() @Length(1, 64) token!: string;
}
