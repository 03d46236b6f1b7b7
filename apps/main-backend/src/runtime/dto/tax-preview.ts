import { ApiProperty } from '@nestjs/swagger';

export class TaxShareAnswer {
  @ApiProperty({ example: 19, description: 'Percent.' }) taxRate!: number;
  @ApiProperty({ example: 'DE_STANDARD', description: '`MANUAL` where the shop named the rate.' }) taxRateCode!: string;
  @ApiProperty({ example: 4118, description: 'Minor units.' }) taxableBase!: number;
  @ApiProperty({ example: 782, description: 'Minor units.' }) taxAmount!: number;
}

/** For information: what is charged is decided when the payment starts. Amounts in minor units. */
export class TaxPreviewAnswer {
  @ApiProperty({ example: true, description: 'True when prices contain the tax, false when lines of their own add it.' })
  taxIncluded!: boolean;

  @ApiProperty({ example: 4118 }) totalNet!: number;
  @ApiProperty({ example: 782 }) totalTax!: number;
  @ApiProperty({ example: 4900, description: 'What is charged.' }) totalGross!: number;
  @ApiProperty({ type: [TaxShareAnswer], description: 'The highest rate first; empty when nothing is known of the tax.' })
  taxBreakdown!: readonly TaxShareAnswer[];
}
