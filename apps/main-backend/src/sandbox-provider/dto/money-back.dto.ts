import { IsIn, IsInt, IsOptional, IsString, Length, Max, MaxLength, Min } from 'class-validator';
import type { SandboxDisputeStatus } from '../sandbox-dispute.js';
import { SANDBOX_DISPUTE_STATUSES } from '../sandbox-dispute.js';
import { SANDBOX_REFUND_STATUSES } from '../sandbox-refund.js';
import type { SandboxRefundStatus } from '../sandbox-refund.js';

/** Body of POST /sandbox/v1/payments/:id/refunds. */
export class CreateRefundDto {
  /** The merchant's own id of it; returned as it is. */
  @IsOptional() @IsString() @Length(1, 64) refundId?: string;
  /** Everything that is left when absent. */
  @IsOptional() @IsInt() @Min(1) @Max(Number.MAX_SAFE_INTEGER) amount?: number;
  @IsOptional() @IsString() @MaxLength(500) reason?: string;
}

/** Body of POST /sandbox/v1/refunds/:id/simulate. */
export class SimulateRefundDto {
  @IsIn(SANDBOX_REFUND_STATUSES) status!: SandboxRefundStatus;
}

/** Body of POST /sandbox/v1/payments/:id/disputes. */
export class OpenDisputeDto {
  /** The whole payment when absent. */
  @IsOptional() @IsInt() @Min(1) @Max(Number.MAX_SAFE_INTEGER) amount?: number;
  @IsOptional() @IsString() @Length(1, 64) reason?: string;
}

/** Body of POST /sandbox/v1/disputes/:id/simulate. */
export class SimulateDisputeDto {
  @IsIn(SANDBOX_DISPUTE_STATUSES) status!: SandboxDisputeStatus;
}
