import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { RECOGNITION_MODES, TAX_SOURCE_KINDS } from '@paygate/messages';
import type { RecognitionMode, TaxSourceKind } from '@paygate/messages';
import { EVIDENCE_SOURCES, RATE_TYPES } from '@paygate/tax';
import { STANDINGS } from '../tax-record.js';
import type { Standing } from '../tax-record.js';

class TaxComponentResponse {
  @ApiProperty({ enum: RATE_TYPES, example: 'qst' }) type!: string;
  @ApiPropertyOptional({ type: String, example: 'QC' }) region?: string;
  @ApiProperty({ type: String, example: 'CA_QC_QST' }) rateCode!: string;
  @ApiProperty({ type: Number, example: 9.975 }) rate!: number;
  @ApiProperty({ type: 'integer', example: 998 }) tax!: number;
}

class EvidencePieceResponse {
  @ApiProperty({ enum: EVIDENCE_SOURCES, example: 'billing_address' }) source!: string;
  @ApiProperty({ type: String, example: 'FR' }) country!: string;
}

class TaxEvidenceResponse {
  @ApiProperty({ type: [EvidencePieceResponse] }) pieces!: readonly EvidencePieceResponse[];
  @ApiPropertyOptional({ type: String, example: 'FR' }) country?: string;
  @ApiProperty({ type: 'integer', example: 2 }) required!: number;
  @ApiProperty({ type: 'integer', example: 2 }) agreeing!: number;
  @ApiProperty({ type: Boolean, example: false }) contradicting!: boolean;
  @ApiProperty({ type: Boolean, example: true }) sufficient!: boolean;
}

export class TaxRecordResponse {
  @ApiProperty({ type: String, example: '8f1d3c2b4a5968778695a4b3' }) id!: string;
  @ApiProperty({ type: Boolean, example: false }) livemode!: boolean;
  @ApiProperty({ enum: STANDINGS, description: 'Only `active` records count in reports.', example: 'active' }) standing!: Standing;
  @ApiPropertyOptional({ enum: ['replaced', 'taken_back', 'rebuilt'], description: 'Why it counts no more.' }) standingReason?: string;
  @ApiPropertyOptional({ type: String, format: 'date-time' }) standingChangedAt?: string;
  @ApiProperty({ enum: TAX_SOURCE_KINDS, example: 'transaction' }) sourceKind!: TaxSourceKind;
  @ApiProperty({ type: String, description: 'Id of the transaction, refund, chargeback, …', example: '507f1f77bcf86cd799439021' })
  sourceId!: string;
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439021' }) transactionId!: string;
  @ApiPropertyOptional({ type: String, example: '507f1f77bcf86cd799439011' }) checkoutId?: string;
  @ApiPropertyOptional({ type: String, example: '507f1f77bcf86cd799439014' }) clientId?: string;
  @ApiPropertyOptional({ type: String, example: '507f1f77bcf86cd799439051' }) invoiceId?: string;
  @ApiPropertyOptional({ type: String, example: 'INV-2026-000001' }) invoiceNumber?: string;
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439012' }) siteId!: string;
  @ApiProperty({ type: 'integer', description: 'Which calculation of the source this is, from 1.', example: 1 }) taxVersion!: number;
  @ApiProperty({ enum: RECOGNITION_MODES, example: 'accrual' }) recognitionMode!: RecognitionMode;
  @ApiProperty({ type: String, format: 'date-time', description: 'When it counts.', example: '2026-03-20T09:00:00.000Z' })
  recognizedAt!: string;
  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'Of what goes back: when the sale counted.' })
  saleRecognizedAt?: string;
  @ApiProperty({ type: String, example: 'DE' }) sellerCountry!: string;
  @ApiProperty({ type: String, description: '`ZZ` when it is not known.', example: 'FR' }) buyerCountry!: string;
  @ApiProperty({ type: String, example: 'B2C' }) buyerType!: string;
  @ApiPropertyOptional({ type: String, example: 'FR40303265045' }) vatId?: string;
  @ApiPropertyOptional({ type: String, example: 'valid' }) vatIdStatus?: string;
  @ApiPropertyOptional({ type: String }) consultationNumber?: string;
  @ApiProperty({ type: String, description: 'Where the supply is taxed.', example: 'FR' }) taxCountry!: string;
  @ApiPropertyOptional({ type: String, example: 'QC' }) taxRegion?: string;
  @ApiProperty({ type: String, example: 'digital_service' }) supplyType!: string;
  @ApiProperty({ type: String, description: 'As in the tax decision; `untaxed` for money whose tax is not known.', example: 'oss' })
  taxTreatment!: string;
  @ApiProperty({ type: String, example: 'oss_union' }) reason!: string;
  @ApiProperty({ type: String, description: 'UNCL 5305.', example: 'S' }) category!: string;
  @ApiPropertyOptional({ type: String, example: 'VATEX-EU-AE' }) exemptionCode?: string;
  @ApiPropertyOptional({ type: String }) legalText?: string;
  @ApiProperty({ type: String, example: 'FR_STANDARD' }) rateCode!: string;
  @ApiProperty({ type: Number, description: 'Percent.', example: 20 }) rate!: number;
  @ApiProperty({ type: String, example: 'EUR' }) currency!: string;
  @ApiProperty({ type: 'integer', description: 'Minor units; negative for money that went back.', example: 833 }) net!: number;
  @ApiProperty({ type: 'integer', example: 167 }) tax!: number;
  @ApiProperty({ type: 'integer', example: 1000 }) gross!: number;
  @ApiProperty({ type: [TaxComponentResponse] }) components!: readonly TaxComponentResponse[];
  @ApiProperty({ type: [String], description: 'Ids of the lines in it.', example: ['1'] }) lines!: readonly string[];
  @ApiPropertyOptional({ type: TaxEvidenceResponse }) evidence?: TaxEvidenceResponse;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-20T09:00:01.000Z' }) createdAt!: string;
}

export class TaxRecordListResponse {
  @ApiProperty({ type: [TaxRecordResponse] }) taxRecords!: TaxRecordResponse[];
  @ApiProperty({ type: 'integer', description: 'Of all records that match.', example: 1 }) total!: number;
  @ApiProperty({ type: 'integer', example: 1 }) page!: number;
  @ApiProperty({ type: 'integer', example: 50 }) limit!: number;
  @ApiPropertyOptional({ type: String, description: 'Pass it as `cursor` for what follows.' }) nextCursor?: string;
}

export const TAX_RECORD_EXAMPLE = {
  id: '8f1d3c2b4a5968778695a4b3',
  livemode: false,
  standing: 'active',
  sourceKind: 'transaction',
  sourceId: '507f1f77bcf86cd799439021',
  transactionId: '507f1f77bcf86cd799439021',
  checkoutId: '507f1f77bcf86cd799439011',
  siteId: '507f1f77bcf86cd799439012',
  taxVersion: 1,
  recognitionMode: 'accrual',
  recognizedAt: '2026-03-20T09:00:00.000Z',
  sellerCountry: 'DE',
  buyerCountry: 'FR',
  buyerType: 'B2C',
  taxCountry: 'FR',
  supplyType: 'digital_service',
  taxTreatment: 'oss',
  reason: 'oss_union',
  category: 'S',
  rateCode: 'FR_STANDARD',
  rate: 20,
  currency: 'EUR',
  net: 833,
  tax: 167,
  gross: 1000,
  components: [{ type: 'vat', rateCode: 'FR_STANDARD', rate: 20, tax: 167 }],
  lines: ['1'],
  evidence: {
    pieces: [
      { source: 'billing_address', country: 'FR' },
      { source: 'ip_address', country: 'FR' },
    ],
    country: 'FR',
    required: 2,
    agreeing: 2,
    contradicting: false,
    sufficient: true,
  },
  createdAt: '2026-03-20T09:00:01.000Z',
} satisfies TaxRecordResponse;

export const TAX_RECORDS_EXAMPLE = { taxRecords: [TAX_RECORD_EXAMPLE], total: 1, page: 1, limit: 50 } satisfies TaxRecordListResponse;
