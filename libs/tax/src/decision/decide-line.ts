import { percentOf, rateUnits } from '../arithmetic/percent.js';
import { rateKind } from '../configuration/rate-index.js';
import { zoneOf } from '../places/zones.js';
import type { TaxLine } from '../tax-input.js';
import type { TaxRate } from '../tax-rate.js';
import type { TaxTreatment } from '../treatments.js';
import { withKeys } from './decided.js';
import type { Decided, RatePart } from './decided.js';
import { decideByTable } from './decision-table.js';
import type { RuleBook } from './rule-book.js';
import type { Sale } from './sale.js';
import { smallBusinessText } from './small-business.js';
import { knownSupplyType } from './supply.js';
import type { Supply } from './supply.js';
import { NOT_SUBJECT } from './verdict.js';
import type { Untaxed, Verdict } from './verdict.js';

/** Explicit rate, exempt customer, small business, the merchant's rules, the built-in table: whichever comes first. */
export function decideLine(sale: Sale, rules: RuleBook, line: TaxLine): Decided | undefined {
  const trace: string[] = [];
  const type = knownSupplyType(line.itemType) ?? 'goods';
  if (type !== line.itemType) {
    const isKnown = knownSupplyType(line.itemType) !== undefined;
    trace.push(isKnown ? `“${line.itemType}” means ${type}.` : `Item type “${line.itemType}” is not known and counts as goods.`);
  }
  const isGoods = type === 'goods' || type === 'shipping';
  const territory = sale.territory(isGoods);
  if (!territory) {
    if (line.rate === undefined && sale.settings.enabled) {
      unplaced(sale, isGoods);
      return undefined;
    }
    const country = sale.seller.country;
    const home: Supply = { line, type, isGoods, territory: { country, inEu: sale.seller.inEu(isGoods) } };
    trace.push(`The buyer’s country is not known; ${country} is taken.`);
    return settle(sale, home, beforeRules(sale, home, trace) ?? disabled(home), trace, 'built_in');
  }
  const where = isGoods && sale.input.shipTo?.country !== undefined ? 'where they go' : 'where the buyer is';
  const region = territory.region === undefined ? '' : `-${territory.region}`;
  trace.push(`Place of supply of ${type}: ${where}, ${territory.country}${region}.${territory.remark ? ` ${territory.remark}` : ''}`);
  const supply: Supply = { line, type, isGoods, territory };
  const early = beforeRules(sale, supply, trace);
  if (early) return settle(sale, supply, early, trace, line.rate === undefined ? 'built_in' : 'line');
  trace.push(`The buyer counts as ${sale.buyerType(territory)}.`);
  const ruled = rules.decide(sale, supply, trace);
  if (ruled) return settle(sale, supply, ruled.verdict, trace, `rule:${ruled.rule.id}`);
  const verdict = decideByTable(sale, supply);
  if (!verdict) return undefined;
  return settle(sale, supply, asSmallBusiness(sale, verdict, trace), trace, 'built_in');
}

function unplaced(sale: Sale, isGoods: boolean): void {
  const field = sale.placeField(isGoods);
  const given = (field === 'shipTo' ? sale.input.shipTo : sale.input.buyer)?.country;
  const message = `Expected a country by its ISO 3166-1 alpha-2 code${given === undefined ? '' : `, got “${given}”`}.`;
  sale.fail({ code: 'tax_country_unknown', field: `${field}.country`, message });
}

function beforeRules(sale: Sale, supply: Supply, trace: string[]): Verdict | undefined {
  const { country, region } = supply.territory;
  const { exemption } = sale.input.buyer;
  if (supply.line.rate !== undefined) {
    trace.push(`The line names its rate itself: ${supply.line.rate} %.`);
    return { reason: 'manual_override', treatment: 'manual', country, region };
  }
  if (!sale.settings.enabled) {
    trace.push('Tax is switched off: only explicit rates count.');
    return disabled(supply);
  }
  if (exemption) {
    trace.push('The buyer is exempt.');
    const legalText = exemption.certificate ? `${exemption.reason} (${exemption.certificate})` : exemption.reason;
    return { reason: 'exempt_customer', treatment: 'exempt', country, region, untaxed: { category: 'E', rateCode: 'EXEMPT', legalText } };
  }
  if (sale.settings.smallBusiness.enabled && sale.seller.isHome(supply.territory)) return smallBusiness(sale, trace);
  return undefined;
}

function disabled({ territory: { country, region } }: Supply): Verdict {
  return {
    reason: 'tax_disabled',
    treatment: 'exempt',
    country,
    region,
    untaxed: { ...NOT_SUBJECT, rateCode: 'EXEMPT', legalText: undefined },
  };
}

/** A small business charges none of its own country's tax, whoever buys. */
function asSmallBusiness(sale: Sale, verdict: Verdict, trace: string[]): Verdict {
  const isOwnTax = verdict.untaxed === undefined && verdict.country === sale.seller.country;
  return isOwnTax && sale.settings.smallBusiness.enabled ? smallBusiness(sale, trace) : verdict;
}

function smallBusiness({ seller, settings }: Sale, trace: string[]): Verdict {
  trace.push('The seller is a small business.');
  const { exemptionCode, legalText } = smallBusinessText(seller.country, settings.smallBusiness.legalReference);
  const untaxed: Untaxed = { category: 'E', rateCode: 'SMALL_BUSINESS', exemptionCode, legalText };
  return { reason: 'small_business', treatment: 'small_business', country: seller.country, untaxed };
}

/** Puts the rate to a verdict. Undefined when there is none: nothing is guessed. */
function settle(sale: Sale, supply: Supply, verdict: Verdict, trace: string[], by: string): Decided | undefined {
  const { reason, country, region, untaxed, warning } = verdict;
  if (warning) sale.warn(warning);
  const common = {
    supplyType: supply.type,
    taxCountry: country,
    taxRegion: region,
    reason,
    decidedBy: by === 'built_in' ? `built_in:${reason}` : by,
    evidenceRequired: verdict.evidenceRequired ?? 0,
    explain: trace,
  };
  if (untaxed) {
    trace.push(`${reason}: nothing is charged, category ${untaxed.category}.`);
    const { category, exemptionCode, rateCode } = untaxed;
    const legalText = verdict.legalText ?? untaxed.legalText;
    return withKeys({
      ...common,
      treatment: verdict.treatment,
      category,
      exemptionCode,
      legalText,
      rate: 0,
      rateCode,
      parts: [],
      units: 0,
    });
  }
  const parts = reason === 'manual_override' ? manualPart(supply.line) : ratesOf(sale, supply, verdict, trace);
  if (!parts) return undefined;
  const units = parts.reduce((sum, part) => sum + part.units, 0);
  const rateCode = parts.length === 1 ? (parts[0]?.rateCode ?? '') : [country, region].filter(Boolean).join('_');
  const treatment = finer(verdict.treatment, units, rateCode);
  const category = units === 0 ? 'Z' : 'S';
  return withKeys({ ...common, treatment, category, legalText: verdict.legalText, rate: percentOf(units), rateCode, parts, units });
}

function finer(treatment: TaxTreatment, units: number, rateCode: string): TaxTreatment {
  if (treatment !== 'standard') return treatment;
  if (units === 0) return 'zero_rated';
  return rateKind(rateCode) === 'STANDARD' ? 'standard' : 'reduced';
}

function manualPart({ rate = 0 }: TaxLine): RatePart[] {
  return [{ type: 'vat', rateCode: 'MANUAL', rate, units: rateUnits(rate) }];
}

function ratesOf(sale: Sale, supply: Supply, verdict: Verdict, trace: string[]): RatePart[] | undefined {
  const { country, region, reason } = verdict;
  const rates = reason === 'canada' ? canadianRates(sale, region ?? '') : singleRate(sale, supply, verdict, trace);
  const day = sale.day(country, region);
  if (rates.length === 0) {
    const wanted = reason === 'canada' ? 'GST or HST' : (supply.line.rateCode ?? verdict.rateCode ?? 'standard');
    const place = [country, region].filter(Boolean).join('-');
    sale.fail({
      code: 'tax_rate_missing',
      field: 'rates',
      message: `${place} has no rate “${wanted}” on ${day}; expected one in the tax rates.`,
    });
    return undefined;
  }
  for (const { code, rate } of rates) trace.push(`${reason}: ${code} is ${rate} % on ${day} (${zoneOf(country, region)}).`);
  return rates.map(({ type, region: at, code, rate }) => ({ type, region: at, rateCode: code, rate, units: rateUnits(rate) }));
}

function singleRate(sale: Sale, supply: Supply, verdict: Verdict, trace: string[]): TaxRate[] {
  const code = supply.line.rateCode ?? verdict.rateCode ?? 'STANDARD';
  let rate = sale.rate(verdict, code);
  if (!rate && supply.line.rateCode !== undefined) {
    rate = sale.rate(verdict, verdict.rateCode);
    if (rate) {
      const sentence = `${verdict.country} has no rate “${code}”; ${rate.code} is taken.`;
      trace.push(sentence);
      sale.warn(sentence);
    }
  }
  if (!rate) return [];
  const local = verdict.reason === 'us_sales_tax' && sale.rate(verdict, `US_${verdict.region ?? ''}_LOCAL`);
  return local && local.id !== rate.id ? [rate, local] : [rate];
}

/** HST alone, or GST and the province's own tax where the seller is registered for it. */
function canadianRates(sale: Sale, province: string): TaxRate[] {
  const place = { country: 'CA', region: province };
  const federal = sale.rate(place, 'HST') ?? sale.rate(place, 'GST');
  if (!federal) return [];
  if (!sale.seller.levies(province) || federal.type === 'hst') return [federal];
  const provincial = sale.rate(place, 'QST') ?? sale.rate(place, 'PST');
  return provincial ? [federal, provincial] : [federal];
}
