import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { TenantScope } from '@paygate/kernel';
import { CurrentScope } from '../access/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { INVOICE_TAX_PREVIEW_EXAMPLE, InvoiceTaxPreviewResponse } from './dto/invoice-tax-preview.response.js';
import { PreviewInvoiceTaxBody } from './dto/preview-invoice-tax.body.js';
import { PreviewInvoiceTax } from './preview-invoice-tax.js';

@ApiTags(ADMIN_API)
@Controller('api/v1/invoices')
export class InvoicesController {
  constructor(private readonly previewing: PreviewInvoiceTax) {}

  @Post('preview-tax')
  @AdminRoute({
    summary: 'Preview the tax of a draft invoice',
    description:
      'Rate, rate code and amounts of every line as the invoice will have them; nothing is stored. The buyer is the client: country of the billing address, else the tax country, and the VAT id. A line with `taxRate` keeps it. While tax is not enabled only such lines are taxed.',
    answer: InvoiceTaxPreviewResponse,
    example: INVOICE_TAX_PREVIEW_EXAMPLE,
    errors: [
      ...(['site_not_found', 'client_not_found', 'tax_country_unknown', 'tax_rate_missing'] as const),
      ...(['tax_currency_unsupported', 'tax_line_invalid', 'tax_evidence_insufficient', 'tax_point_invalid'] as const),
    ],
  })
  async previewTax(@CurrentScope() scope: TenantScope, @Body() body: PreviewInvoiceTaxBody): Promise<InvoiceTaxPreviewResponse> {
    return this.previewing.execute(scope, body);
  }
}
