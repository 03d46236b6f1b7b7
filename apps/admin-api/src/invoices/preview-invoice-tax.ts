import { Injectable } from '@nestjs/common';
import { DomainError, systemClock } from '@paygate/kernel';
import type { FieldProblem, TenantScope } from '@paygate/kernel';
import { TaxEngine } from '@paygate/tax';
import type { TaxInput, TaxLine, TaxProblem, TaxSettings } from '@paygate/tax';
import { ClientsRepository } from '../clients/index.js';
import { SiteDirectory } from '../sites/index.js';
import { AskVatId } from './ask-vat-id.js';
import { clientBuyer, clientEvidence, clientShipTo, vatIdOf } from './client-buyer.js';
import type { InvoiceTaxPreviewResponse } from './dto/invoice-tax-preview.response.js';
import type { InvoiceItemBody, PreviewInvoiceTaxBody } from './dto/preview-invoice-tax.body.js';
import { presentInvoiceTax } from './present-invoice-tax.js';
import { ReadTaxConfiguration } from './read-tax-configuration.js';

/** Noon: the same calendar day nearly everywhere. */
const NOON = 'T12:00:00.000Z';

/** As invoices have them: the older names of item types are read as the present ones. */
const ITEM_TYPES: Readonly<Record<string, string>> = { physical: 'goods', virtual: 'digital_service' };

/** Calculates the tax of a draft invoice without storing anything. */
@Injectable()
export class PreviewInvoiceTax {
  constructor(
    private readonly clients: ClientsRepository,
    private readonly sites: SiteDirectory,
    private readonly configuration: ReadTaxConfiguration,
    private readonly askVatId: AskVatId,
  ) {}

  /** @throws DomainError `site_not_found`, `site_inactive`, `client_not_found`, and the codes of tax problems with the fields in details */
  async execute(scope: TenantScope, body: PreviewInvoiceTaxBody): Promise<InvoiceTaxPreviewResponse> {
    await this.sites.requireActive(scope, body.siteId);
    const client = await this.clients.find(scope, body.clientId);
    if (!client) throw new DomainError('client_not_found');
    const configuration = await this.configuration.execute(scope);
    const buyer = clientBuyer(client);
    const vatId = await this.askVatId.execute(scope, vatIdOf(client), buyer.country);
    const input: TaxInput = {
      currency: body.currency,
      taxPoint: taxPointOf(body.taxPoint),
      buyer: { ...buyer, ...vatId },
      shipTo: clientShipTo(client),
      lines: body.items.map((item, index) => lineOf(item, index, configuration.settings)),
      evidence: clientEvidence(client),
    };
    const outcome = new TaxEngine(configuration).calculate(input);
    if (!outcome.ok) throw refusal(outcome.problems);
    return presentInvoiceTax(body, input, outcome.calculation);
  }
}

function taxPointOf(given: string | undefined): string {
  if (given === undefined) return systemClock.now().toISOString();
  return given.includes('T') ? new Date(given).toISOString() : `${given}${NOON}`;
}

function lineOf(item: InvoiceItemBody, index: number, { pricesIncludeTax }: TaxSettings): TaxLine {
  const { description, quantity, unitPrice, amountType = pricesIncludeTax ? 'gross' : 'net', taxRate: rate, taxRateCode: rateCode } = item;
  return {
    ...{ id: String(index + 1), itemType: itemTypeOf(item), description, quantity, unitPrice, amountType },
    ...(rate === undefined ? {} : { rate }),
    ...(rateCode === undefined ? {} : { rateCode }),
  };
}

function itemTypeOf({ itemType, unitPrice }: InvoiceItemBody): string {
  if (itemType === undefined) return unitPrice < 0 ? 'discount' : 'goods';
  return ITEM_TYPES[itemType] ?? itemType;
}

/** The first problem names the refusal; the details name all, by the fields of the request. */
function refusal(problems: readonly TaxProblem[]): DomainError {
  const details = problems.map(({ code, field, message }): FieldProblem => ({ field: requestField(field), code, message }));
  return new DomainError(problems[0]?.code ?? 'tax_line_invalid', problems.map(({ message }) => message).join(' '), details);
}

function requestField(field: string): string {
  const item = field
    .replace(/^lines\[/, 'items[')
    .replace(/\.rate$/, '.taxRate')
    .replace(/\.rateCode$/, '.taxRateCode');
  return /^(buyer|shipTo)\b/.test(item) ? 'clientId' : item;
}
