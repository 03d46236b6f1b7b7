import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { BANK_RECEIPT_STATES } from '@paygate/messages';
import type { BankReceiptState } from '@paygate/messages';
import { LISTING_REASONS, RECEIPT_SOURCES } from '@paygate/payments-domain';
import type { ListingReason, ReceiptSource } from '@paygate/payments-domain';

/** Money that came by bank transfer. Absent fields were not given or do not apply. */
export class BankReceiptResponse {
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439051' }) id!: string;
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439013' }) providerId!: string;
  @ApiProperty({ type: Boolean, example: true }) livemode!: boolean;
  @ApiProperty({ enum: RECEIPT_SOURCES, description: 'Who told of it.', example: 'statement' }) source!: ReceiptSource;
  @ApiProperty({
    enum: BANK_RECEIPT_STATES,
    description: '`assigned` counts for a payment; `unassigned` waits for you; `dismissed` pays for nothing here.',
    example: 'unassigned',
  })
  state!: BankReceiptState;
  @ApiProperty({ type: 'integer', description: 'Minor units.', example: 4900 }) amount!: number;
  @ApiProperty({ type: String, example: 'EUR' }) currency!: string;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-02T00:00:00.000Z' }) bookedOn!: string;
  @ApiProperty({ type: String, description: 'What the payer wrote.', example: 'Invoice of March' }) text!: string;
  @ApiPropertyOptional({ type: String, example: 'Ada Lovelace' }) payerName?: string;
  @ApiPropertyOptional({ type: String, example: 'NL91ABNA0417164300' }) payerAccount?: string;
  @ApiPropertyOptional({ type: String, description: 'The payment it counts for.', example: '507f1f77bcf86cd799439021' })
  transactionId?: string;
  @ApiPropertyOptional({ enum: LISTING_REASONS, description: 'Why it was not assigned by itself.', example: 'no_reference' })
  reason?: ListingReason;
  @ApiProperty({
    type: [String],
    description: 'Payments the text names, and payments that wait for this very amount.',
    example: ['507f1f77bcf86cd799439021'],
  })
  suggestions!: string[];
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-03T08:00:00.000Z' }) createdAt!: string;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-03T08:00:00.000Z' }) updatedAt!: string;
}

export class BankReceiptListResponse {
  @ApiProperty({ type: [BankReceiptResponse] }) receipts!: BankReceiptResponse[];
  @ApiProperty({ type: 'integer', description: 'Of all receipts that match.', example: 1 }) total!: number;
  @ApiProperty({ type: 'integer', example: 1 }) page!: number;
  @ApiProperty({ type: 'integer', example: 50 }) limit!: number;
  @ApiPropertyOptional({ type: String, description: 'Pass it as `cursor` for what follows.' }) nextCursor?: string;
}

export const BANK_RECEIPT_EXAMPLE = {
  id: '507f1f77bcf86cd799439051',
  providerId: '507f1f77bcf86cd799439013',
  livemode: true,
  source: 'statement',
  state: 'unassigned',
  amount: 4900,
  currency: 'EUR',
  bookedOn: '2026-03-02T00:00:00.000Z',
  text: 'Invoice of March',
  payerName: 'Ada Lovelace',
  payerAccount: 'NL91ABNA0417164300',
  reason: 'no_reference',
  suggestions: ['507f1f77bcf86cd799439021'],
  createdAt: '2026-03-03T08:00:00.000Z',
  updatedAt: '2026-03-03T08:00:00.000Z',
} satisfies BankReceiptResponse;
