import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ENTRY_OUTCOMES } from '@paygate/messages';
import type { EntryOutcome } from '@paygate/messages';
import { LISTING_REASONS } from '@paygate/payments-domain';
import type { ListingReason } from '@paygate/payments-domain';

export class ImportedEntryResponse {
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439051' }) receiptId!: string;
  @ApiProperty({ enum: ENTRY_OUTCOMES, example: 'assigned' }) outcome!: EntryOutcome;
  @ApiProperty({ type: 'integer', description: 'Minor units.', example: 4900 }) amount!: number;
  @ApiProperty({ type: String, example: 'EUR' }) currency!: string;
  @ApiProperty({ type: String, format: 'date', example: '2026-03-02' }) bookedOn!: string;
  @ApiPropertyOptional({ type: String, example: '507f1f77bcf86cd799439021' }) transactionId?: string;
  @ApiPropertyOptional({ enum: LISTING_REASONS, description: 'Why it was not assigned by itself.' }) reason?: ListingReason;
}

export class ImportedStatementResponse {
  @ApiProperty({ enum: ['camt.053', 'csv'], example: 'camt.053' }) format!: 'camt.053' | 'csv';
  @ApiProperty({ type: 'integer', description: 'Entries that are now counted for a payment.', example: 1 }) assigned!: number;
  @ApiProperty({ type: 'integer', description: 'Entries that wait for you in `GET /bank-receipts?state=unassigned`.', example: 0 })
  listed!: number;
  @ApiProperty({ type: 'integer', description: 'Entries that were there before; nothing changed.', example: 0 }) known!: number;
  @ApiProperty({ type: 'integer', description: 'Debits, reversals and what is not booked yet.', example: 3 }) skipped!: number;
  @ApiProperty({ type: [ImportedEntryResponse] }) entries!: ImportedEntryResponse[];
}

export const IMPORTED_STATEMENT_EXAMPLE = {
  format: 'camt.053',
  assigned: 1,
  listed: 0,
  known: 0,
  skipped: 3,
  entries: [
    {
      receiptId: '507f1f77bcf86cd799439051',
      outcome: 'assigned',
      amount: 4900,
      currency: 'EUR',
      bookedOn: '2026-03-02',
      transactionId: '507f1f77bcf86cd799439021',
    },
  ],
} satisfies ImportedStatementResponse;
