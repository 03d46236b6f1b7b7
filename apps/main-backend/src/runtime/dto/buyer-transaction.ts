import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { TRANSACTION_STATUSES } from '@paygate/payments-domain';
import type { TransactionStatus } from '@paygate/payments-domain';
import type { NextStep } from '../../transactions/index.js';

export class BuyerFailure {
  @ApiProperty({ example: 'card_declined' }) code!: string;
  @ApiProperty({ example: 'The card was declined.' }) message!: string;
}

export class StartedPaymentAnswer {
  @ApiProperty({ example: '69a1b2c3d4e5f60718293a4b' }) transactionId!: string;

  @ApiProperty({ example: -1, description: 'As in notifications: -1 initiated, 0 pending_provider, 1 succeeded, 2 failed, -2 cancelled.' })
  status!: number;

  @ApiProperty({
    enum: ['redirect', 'wait', 'done'],
    example: 'redirect',
    description: 'redirect: send the buyer to redirectUrl. wait: poll the status. done: the payment is decided.',
  })
  next!: NextStep;

  @ApiPropertyOptional({ example: 'https://provider.example/pay/abc' }) redirectUrl?: string;
  @ApiPropertyOptional({ type: BuyerFailure }) failure?: BuyerFailure;
}

/** A payment as its buyer sees it. `redirectUrl` and `failure` are given only to who names the session. */
export class BuyerTransaction {
  @ApiProperty({ example: '69a1b2c3d4e5f60718293a4b' }) id!: string;
  @ApiProperty({ enum: TRANSACTION_STATUSES, example: 'succeeded' }) status!: TransactionStatus;
  @ApiProperty({ example: 4900, description: 'Minor units.' }) amount!: number;
  @ApiProperty({ example: 'EUR' }) currency!: string;
  @ApiPropertyOptional({ description: 'Where the buyer goes on, while the payment waits for the buyer.' }) redirectUrl?: string;
  @ApiPropertyOptional({ type: BuyerFailure }) failure?: BuyerFailure;
}
