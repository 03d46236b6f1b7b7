import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { TAX_TREATMENTS } from '@paygate/tax';
import type { TaxTreatment } from '@paygate/tax';
import { TaxBreakdownResponse, TaxEvidenceResponse, TaxPartiesResponse } from '../../transactions/index.js';

/** A line as the invoice will have it. Amounts in minor units. */
export class InvoiceTaxItemResponse {
  @ApiProperty({ type: String, example: 'Subscription' }) description!: string;
  @ApiProperty({ type: Number, example: 1 }) quantity!: number;
  @ApiProperty({ type: 'integer', example: 12100 }) unitPrice!: number;
  @ApiProperty({ enum: ['gross', 'net'], example: 'gross' }) amountType!: 'gross' | 'net';
  @ApiProperty({ type: String, example: 'digital_service' }) itemType!: string;
  @ApiProperty({ type: Number, description: 'Percent.', example: 19 }) taxRate!: number;
  @ApiProperty({ type: String, example: 'DE_STANDARD' }) taxRateCode!: string;
  @ApiProperty({ enum: TAX_TREATMENTS, example: 'standard' }) taxTreatment!: TaxTreatment;
  @ApiProperty({ type: String, description: 'Where the supply takes place.', example: 'DE' }) taxCountry!: string;
  @ApiPropertyOptional({ type: String, description: 'Words that must stand on the invoice.' }) legalText?: string;
  @ApiProperty({ type: 'integer', example: 10168 }) net!: number;
  @ApiProperty({ type: 'integer', example: 1932 }) tax!: number;
  @ApiProperty({ type: 'integer', example: 12100 }) gross!: number;
  @ApiProperty({ type: String, description: '`built_in:<reason>`, `rule:<id>` or `line`.', example: 'built_in:domestic' })
  decidedBy!: string;
  @ApiProperty({ type: [String], description: 'The steps that led there.', example: ['Seller and buyer are in DE.'] }) explain!: string[];
}

export class InvoiceTaxPreviewResponse {
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439011' }) siteId!: string;
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439012' }) clientId!: string;
  @ApiProperty({ type: String, example: 'EUR' }) currency!: string;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T12:00:00.000Z' }) taxPoint!: string;
  @ApiProperty({ type: Boolean, description: 'False when a net price stands in it.', example: true }) taxIncluded!: boolean;
  @ApiProperty({ type: 'integer', example: 20168 }) totalNet!: number;
  @ApiProperty({ type: 'integer', example: 2632 }) totalTax!: number;
  @ApiProperty({ type: 'integer', example: 22800 }) totalGross!: number;
  @ApiProperty({ type: [InvoiceTaxItemResponse], description: 'In the order of the request.' }) items!: InvoiceTaxItemResponse[];
  @ApiProperty({ type: [TaxBreakdownResponse], description: 'The highest rate first.' }) taxBreakdown!: TaxBreakdownResponse[];
  @ApiProperty({ type: TaxPartiesResponse }) taxDecision!: TaxPartiesResponse;
  @ApiProperty({ type: TaxEvidenceResponse, nullable: true }) evidence!: TaxEvidenceResponse | null;
  @ApiProperty({ type: [String], description: 'What the merchant should look at.' }) warnings!: string[];
}

const DOMESTIC = { taxCountry: 'DE', category: 'S' } as const;

/** The example of the documentation: one line calculated, one overridden. */
export const INVOICE_TAX_PREVIEW_EXAMPLE: InvoiceTaxPreviewResponse = {
  siteId: '507f1f77bcf86cd799439011',
  clientId: '507f1f77bcf86cd799439012',
  currency: 'EUR',
  taxPoint: '2026-03-01T12:00:00.000Z',
  taxIncluded: true,
  totalNet: 20168,
  totalTax: 2632,
  totalGross: 22800,
  items: [
    {
      ...{ description: 'Subscription', quantity: 1, unitPrice: 12100, amountType: 'gross', itemType: 'digital_service' },
      ...{ taxRate: 19, taxRateCode: 'DE_STANDARD', taxTreatment: 'standard', taxCountry: 'DE', net: 10168, tax: 1932, gross: 12100 },
      ...{ decidedBy: 'built_in:domestic', explain: ['Seller and buyer are in DE.'] },
    },
    {
      ...{ description: 'Manual reduced VAT line', quantity: 1, unitPrice: 10700, amountType: 'gross', itemType: 'goods' },
      ...{ taxRate: 7, taxRateCode: 'MANUAL', taxTreatment: 'manual', taxCountry: 'DE', net: 10000, tax: 700, gross: 10700 },
      ...{ decidedBy: 'line', explain: ['The line names its rate: 7 %.'] },
    },
  ],
  taxBreakdown: [
    {
      ...{ ...DOMESTIC, supplyType: 'digital_service', treatment: 'standard', reason: 'domestic' },
      ...{ taxRateCode: 'DE_STANDARD', taxRate: 19, taxableBase: 10168, taxAmount: 1932, components: [] },
    },
    {
      ...{ ...DOMESTIC, supplyType: 'goods', treatment: 'manual', reason: 'manual_override' },
      ...{ taxRateCode: 'MANUAL', taxRate: 7, taxableBase: 10000, taxAmount: 700, components: [] },
    },
  ],
  taxDecision: { sellerCountry: 'DE', buyerCountry: 'DE', buyerType: 'B2C' },
  evidence: null,
  warnings: [],
};
