import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { TRANSACTION_STATUSES } from '@paygate/payments-domain';
import type { TransactionStatus } from '@paygate/payments-domain';
import { TRANSACTION_EXAMPLE, TransactionResponse } from '../../transactions/index.js';

/** Days in UTC, both included. */
export class DaysResponse {
  @ApiProperty({ type: String, format: 'date', example: '2026-03-01' }) from!: string;
  @ApiProperty({ type: String, format: 'date', example: '2026-03-31' }) to!: string;
}

/** Payments that succeeded, whatever became of them later. Minor units. */
export class VolumeResponse {
  @ApiProperty({ type: 'integer', example: 120 }) payments!: number;
  @ApiProperty({ type: 'integer', example: 588000 }) grossVolume!: number;
  @ApiProperty({ type: 'integer', description: 'What of it went back to the buyers.', example: 9800 }) refunded!: number;
  @ApiProperty({ type: 'integer', description: 'Gross volume less what was refunded.', example: 578200 }) netRevenue!: number;
}

export class CurrencyFiguresResponse extends VolumeResponse {
  @ApiProperty({ type: String, example: 'EUR' }) currency!: string;
  @ApiProperty({ type: VolumeResponse, description: 'The same of the period it is compared with.' }) previous!: VolumeResponse;
}

export class StatusCountResponse {
  @ApiProperty({ enum: TRANSACTION_STATUSES, example: 'succeeded' }) status!: TransactionStatus;
  @ApiProperty({ type: 'integer', example: 120 }) count!: number;
  @ApiProperty({ type: 'integer', example: 98 }) previous!: number;
}

export class AttemptsResponse {
  @ApiProperty({ type: 'integer', example: 150 }) total!: number;
  @ApiProperty({ type: 'integer', example: 130 }) previousTotal!: number;
  @ApiProperty({ type: [StatusCountResponse], description: 'Every status once.' }) byStatus!: StatusCountResponse[];
  @ApiProperty({
    type: 'number',
    nullable: true,
    description: 'Failed attempts by failed and successful ones, 0 to 1. Null when there is neither.',
    example: 0.0769,
  })
  failureRatio!: number | null;
  @ApiProperty({ type: 'number', nullable: true, example: 0.0925 }) previousFailureRatio!: number | null;
}

export class TopProviderResponse {
  @ApiPropertyOptional({ type: String, description: 'Absent for payments made outside the platform.', example: '507f1f77bcf86cd799439013' })
  providerId?: string;
  @ApiProperty({ type: String, example: 'stripe' }) providerType!: string;
  @ApiProperty({ type: String, example: 'EUR' }) currency!: string;
  @ApiProperty({ type: 'integer', example: 100 }) payments!: number;
  @ApiProperty({ type: 'integer', example: 490000 }) grossVolume!: number;
}

export class DayFiguresResponse {
  @ApiProperty({ type: String, format: 'date', example: '2026-03-31' }) day!: string;
  @ApiProperty({ type: String, example: 'EUR' }) currency!: string;
  @ApiProperty({ type: 'integer', example: 4 }) payments!: number;
  @ApiProperty({ type: 'integer', example: 19600 }) grossVolume!: number;
  @ApiProperty({ type: 'integer', example: 0 }) refunded!: number;
}

export class DashboardResponse {
  @ApiProperty({ type: DaysResponse }) period!: DaysResponse;
  @ApiProperty({ type: DaysResponse }) comparison!: DaysResponse;
  @ApiProperty({ type: [CurrencyFiguresResponse], description: 'By currency, the most payments first.' })
  currencies!: CurrencyFiguresResponse[];
  @ApiProperty({ type: AttemptsResponse }) transactions!: AttemptsResponse;
  @ApiProperty({ type: [TopProviderResponse], description: 'At most five, the most payments first.' }) topProviders!: TopProviderResponse[];
  @ApiProperty({ type: [DayFiguresResponse], description: 'Days without a payment are left out.' }) days!: DayFiguresResponse[];
  @ApiProperty({ type: [TransactionResponse], description: 'The ten newest, of any day.' }) recentTransactions!: TransactionResponse[];
}

const PREVIOUS = { payments: 98, grossVolume: 480200, refunded: 0, netRevenue: 480200 };

export const DASHBOARD_EXAMPLE: DashboardResponse = {
  period: { from: '2026-03-01', to: '2026-03-31' },
  comparison: { from: '2026-01-29', to: '2026-02-28' },
  currencies: [{ currency: 'EUR', payments: 120, grossVolume: 588000, refunded: 9800, netRevenue: 578200, previous: PREVIOUS }],
  transactions: {
    total: 130,
    previousTotal: 108,
    byStatus: [
      { status: 'succeeded', count: 120, previous: 98 },
      { status: 'failed', count: 10, previous: 10 },
    ],
    failureRatio: 0.0769,
    previousFailureRatio: 0.0926,
  },
  topProviders: [{ providerId: '507f1f77bcf86cd799439013', providerType: 'stripe', currency: 'EUR', payments: 100, grossVolume: 490000 }],
  days: [{ day: '2026-03-31', currency: 'EUR', payments: 4, grossVolume: 19600, refunded: 0 }],
  recentTransactions: [TRANSACTION_EXAMPLE],
};
