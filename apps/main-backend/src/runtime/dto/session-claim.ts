import { ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { IsOptional, IsString, Length } from 'class-validator';

export const SESSION_HEADER = 'x-checkout-session';

/** The buyer's session, in the query or the body; the header `X-Checkout-Session` says the same. */
export class SessionClaim {
  @ApiPropertyOptional({ description: 'The session of the checkout; must fit the transaction.', example: 'k7RwPd3nXq9TzB5mHsYv2cJf' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsString()
  @Length(1, 128)
  sessionPublicId?: string;
}

/** What was claimed, the most explicit place first. */
export function claimedSession(
  query: SessionClaim,
  body: Pick<SessionClaim, 'sessionPublicId'> | undefined,
  header: string | undefined,
): string | undefined {
  return body?.sessionPublicId ?? query.sessionPublicId ?? (header === '' ? undefined : header);
}
