import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { TAX_SOURCE_KINDS } from '@paygate/messages';
import type { TaxSourceKind } from '@paygate/messages';
import { SUPPLY_TYPES, TAX_TREATMENTS } from '@paygate/tax';
import type { SupplyType, TaxConfiguration, TaxTreatment } from '@paygate/tax';

/** A part of the tax where several are levied side by side. */
export class TaxComponentResponse {
  @ApiProperty({ type: String, example: 'qst' }) type!: string;
  @ApiPropertyOptional({ type: String, example: 'QC' }) region?: string;
  @ApiProperty({ type: String, example: 'CA_QC_QST' }) rateCode!: string;
  @ApiProperty({ type: 'number', description: 'Percent.', example: 9.975 }) rate!: number;
  @ApiProperty({ type: 'integer', example: 998 }) tax!: number;
}

/** Lines of one kind together. Minor units; negative for money that went back. */
export class TaxBreakdownResponse {
  @ApiProperty({ type: String, description: 'Where the supply takes place.', example: 'DE' }) taxCountry!: string;
  @ApiPropertyOptional({ type: String, example: 'TX' }) taxRegion?: string;
  @ApiProperty({ enum: SUPPLY_TYPES, example: 'digital_service' }) supplyType!: SupplyType;
  @ApiProperty({ enum: TAX_TREATMENTS, example: 'standard' }) treatment!: TaxTreatment;
  @ApiProperty({ type: String, description: 'The row of the decision table.', example: 'domestic' }) reason!: string;
  @ApiProperty({ type: String, description: 'Category of EN 16931.', example: 'S' }) category!: string;
  @ApiPropertyOptional({ type: String, example: 'VATEX-EU-AE' }) exemptionCode?: string;
  @ApiPropertyOptional({ type: String, description: 'Words that must stand on the document.' }) legalText?: string;
  @ApiProperty({ type: String, example: 'DE_STANDARD' }) taxRateCode!: string;
  @ApiProperty({ type: 'number', description: 'Percent.', example: 19 }) taxRate!: number;
  @ApiProperty({ type: 'integer', example: 4118 }) taxableBase!: number;
  @ApiProperty({ type: 'integer', example: 782 }) taxAmount!: number;
  @ApiProperty({ type: [TaxComponentResponse] }) components!: TaxComponentResponse[];
}

export class TaxedLineResponse {
  @ApiProperty({ type: String, example: '1' }) id!: string;
  @ApiPropertyOptional({ type: String, example: 'Professional Plan' }) description?: string;
  @ApiProperty({ enum: SUPPLY_TYPES, example: 'digital_service' }) supplyType!: SupplyType;
  @ApiProperty({ type: String, example: 'DE' }) taxCountry!: string;
  @ApiPropertyOptional({ type: String }) taxRegion?: string;
  @ApiProperty({ enum: TAX_TREATMENTS, example: 'standard' }) treatment!: TaxTreatment;
  @ApiProperty({ type: String, example: 'domestic' }) reason!: string;
  @ApiProperty({ type: 'number', description: 'Percent.', example: 19 }) taxRate!: number;
  @ApiProperty({ type: String, example: 'DE_STANDARD' }) taxRateCode!: string;
  @ApiProperty({ type: 'integer', example: 4118 }) net!: number;
  @ApiProperty({ type: 'integer', example: 782 }) tax!: number;
  @ApiProperty({ type: 'integer', example: 4900 }) gross!: number;
  @ApiProperty({ type: String, description: '`built_in:<reason>`, `rule:<id>` or `line`.', example: 'built_in:domestic' })
  decidedBy!: string;
  @ApiProperty({ type: [String], description: 'The steps that led there.', example: ['Seller and buyer are in DE.'] })
  explain!: string[];
}

export class TaxPartiesResponse {
  @ApiProperty({ type: String, example: 'DE' }) sellerCountry!: string;
  @ApiPropertyOptional({ type: String, example: 'DE' }) buyerCountry?: string;
  @ApiProperty({ enum: ['B2B', 'B2C'], example: 'B2C' }) buyerType!: string;
  @ApiPropertyOptional({ type: String, example: 'ATU12345675' }) vatId?: string;
  @ApiPropertyOptional({
    type: String,
    description: '`valid`, `invalid`, `format` (well-formed, not asked about), `unavailable` or `recent`.',
    example: 'valid',
  })
  vatIdStatus?: string;
  @ApiPropertyOptional({ type: String, description: 'Of the answer of the Commission.', example: 'WAPIAAAAYx' })
  consultationNumber?: string;
}

export class TaxEvidencePieceResponse {
  @ApiProperty({ type: String, example: 'billing_address' }) source!: string;
  @ApiProperty({ type: String, example: 'DE' }) country!: string;
}

export class TaxEvidenceResponse {
  @ApiProperty({ type: [TaxEvidencePieceResponse] }) pieces!: TaxEvidencePieceResponse[];
  @ApiPropertyOptional({ type: String, description: 'The country most pieces name.', example: 'DE' }) country?: string;
  @ApiProperty({ type: 'integer', example: 2 }) required!: number;
  @ApiProperty({ type: 'integer', example: 2 }) agreeing!: number;
  @ApiProperty({ type: Boolean, example: false }) contradicting!: boolean;
  @ApiProperty({ type: Boolean, example: true }) sufficient!: boolean;
}

export class TaxProblemResponse {
  @ApiProperty({ type: String, example: 'tax_rate_missing' }) code!: string;
  @ApiProperty({ type: String, example: 'lines[0].rateCode' }) field!: string;
  @ApiProperty({ type: String, example: 'There is no tax rate of AT for this day.' }) message!: string;
}

/** Something that was told to the tax records. The highest version of a source holds. */
export class TaxMovementResponse {
  @ApiProperty({ type: String, example: 'transaction-507f1f77bcf86cd799439021-1' }) id!: string;
  @ApiProperty({ enum: TAX_SOURCE_KINDS, example: 'transaction' }) sourceKind!: TaxSourceKind;
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439021' }) sourceId!: string;
  @ApiProperty({ type: 'integer', example: 1 }) taxVersion!: number;
  @ApiProperty({ type: Boolean, description: 'Nothing of this source stands.', example: false }) voided!: boolean;
  @ApiProperty({ type: String, format: 'date-time', description: 'When it counts for the reports.', example: '2026-03-01T10:00:00.000Z' })
  recognizedAt!: string;
  @ApiProperty({ type: [TaxBreakdownResponse] }) breakdown!: TaxBreakdownResponse[];
  @ApiProperty({ type: 'integer', description: 'The part of the amount whose tax is not known.', example: 0 }) untaxed!: number;
}

/** How one transaction is taxed. Amounts in minor units. */
export class TaxDecisionResponse {
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439021' }) transactionId!: string;
  @ApiProperty({ type: Boolean, example: false }) livemode!: boolean;
  @ApiProperty({ type: String, example: 'EUR' }) currency!: string;
  @ApiProperty({ type: 'integer', example: 4900 }) amount!: number;
  @ApiProperty({
    enum: ['given', 'calculated', 'unknown'],
    description: '`given`: the shop named it. `unknown`: see `problems`; without any, the shop named nothing and tax was not enabled.',
    example: 'calculated',
  })
  origin!: string;
  @ApiProperty({ type: 'integer', description: 'Rises with every recalculation; 0 when tax was not enabled.', example: 1 })
  version!: number;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T10:00:00.000Z' }) calculatedAt!: string;
  @ApiProperty({ type: String, format: 'date-time', description: 'When the tax arises.', example: '2026-03-01T10:00:00.000Z' })
  taxPoint!: string;
  @ApiProperty({
    type: Boolean,
    nullable: true,
    description: 'False when the tax came on top. Null, as the totals, while nothing is known.',
  })
  taxIncluded!: boolean | null;
  @ApiProperty({ type: 'integer', nullable: true, example: 4118 }) totalNet!: number | null;
  @ApiProperty({ type: 'integer', nullable: true, example: 782 }) totalTax!: number | null;
  @ApiProperty({ type: 'integer', nullable: true, example: 4900 }) totalGross!: number | null;
  @ApiProperty({ type: [TaxBreakdownResponse], description: 'The highest rate first.' }) taxBreakdown!: TaxBreakdownResponse[];
  @ApiProperty({ type: [TaxedLineResponse] }) lines!: TaxedLineResponse[];
  @ApiProperty({ type: TaxPartiesResponse, nullable: true }) taxDecision!: TaxPartiesResponse | null;
  @ApiProperty({ type: TaxEvidenceResponse, nullable: true, description: 'Where the buyer is, by source.' })
  evidence!: TaxEvidenceResponse | null;
  @ApiProperty({ type: [String], description: 'What the merchant should look at.' }) warnings!: string[];
  @ApiProperty({ type: [TaxProblemResponse], description: 'Why nothing is known.' }) problems!: TaxProblemResponse[];
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'The settings, and the rates and rules that took part.' })
  configuration!: TaxConfiguration & { revision?: number };
  @ApiProperty({ type: [TaxMovementResponse], description: 'What was told to the tax records, in the order in which it was.' })
  movements!: TaxMovementResponse[];
}
