import { centsText, memberStateCode } from './member-state.js';
import type { OssReturn } from './oss-return.js';

export interface OssTrader {
  /** Member State of identification. */
  country: string;
  scheme: 'union' | 'non_union';
  /** The number under which the trader is registered there. */
  registrationId?: string;
}

/**
 * The return as XML of our own: there is no file that all Member States take. It holds what Annex III of Reg. (EU) 2020/194 asks
 * for, under the names the administrations use in their messages.
 */
export function* ossXml(report: OssReturn, trader: OssTrader): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<OSSReturn xmlns="urn:paygate:oss-return:1" scheme="${trader.scheme === 'union' ? 'UNION' : 'NON_UNION'}" currency="EUR">\n`;
  if (trader.registrationId !== undefined) {
    yield `  <TraderID issuedBy="${escaped(memberStateCode(trader.country))}">${escaped(trader.registrationId)}</TraderID>\n`;
  }
  yield `  <Period><Year>${report.year}</Year><Quarter>${report.quarter}</Quarter></Period>\n`;
  for (const { country, tax } of report.balances) {
    yield `  <MSCONSupply>\n    <MSCONCountryCode>${memberStateCode(country)}</MSCONCountryCode>\n`;
    for (const row of report.rows) if (row.country === country) yield supplyXml(row);
    for (const correction of report.corrections) if (correction.country === country) yield correctionXml(correction);
    yield `    <BalanceOfVATDueForMS>${centsText(tax)}</BalanceOfVATDueForMS>\n  </MSCONSupply>\n`;
  }
  yield `  <TotalBalanceOfVATDue>${centsText(report.totals.due)}</TotalBalanceOfVATDue>\n</OSSReturn>\n`;
}

function supplyXml({ supply, rateType, rate, sellerCountry, net, tax }: OssReturn['rows'][number]): string {
  return (
    `    <MSIDSupply suppliedFrom="${memberStateCode(sellerCountry)}"><SupplyType>${supply.toUpperCase()}</SupplyType>` +
    `<VATRateType>${rateType}</VATRateType><VATRate>${rate.toFixed(2)}</VATRate>` +
    `<TaxableAmount>${centsText(net)}</TaxableAmount><VATAmount>${centsText(tax)}</VATAmount></MSIDSupply>\n`
  );
}

function correctionXml({ year, quarter, tax }: OssReturn['corrections'][number]): string {
  return (
    `    <Correction><Period><Year>${year}</Year><Quarter>${quarter}</Quarter></Period>` +
    `<TotalVATAmountCorrection>${centsText(tax)}</TotalVATAmountCorrection></Correction>\n`
  );
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
