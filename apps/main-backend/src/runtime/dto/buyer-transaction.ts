import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { TRANSACTION_STATUSES } from '@paygate/payments-domain';
import type { TransactionStatus } from '@paygate/payments-domain';
import type { HandOff } from '../../providers/index.js';
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
    enum: ['redirect', 'hand_off', 'wait', 'done'],
    example: 'redirect',
    description:
      'redirect: send the buyer to redirectUrl. hand_off: go on with handOff on this page. wait: poll the status. done: the payment is decided.',
  })
  next!: NextStep;

  @ApiPropertyOptional({ example: 'https://provider.example/pay/abc' }) redirectUrl?: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    example: { kind: 'stripe_element', publishableKey: 'pk_test_…', clientSecret: 'pi_…_secret_…' },
    description:
      'Given once and never stored: for a provider whose fields stand on your page (kind stripe_element), or where the buyer sends the money of a transfer (kind bank_transfer).',
  })
  handOff?: HandOff;

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
