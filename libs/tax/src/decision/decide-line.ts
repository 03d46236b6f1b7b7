import { percentOf, rateUnits } from '../arithmetic/percent.js';
import { rateKind } from '../configuration/rate-index.js';
import { zoneOf } from '../places/zones.js';
import type { TaxLine } from '../tax-input.js';
import type { TaxTreatment } from '../treatments.js';
import type { IndexedRate, RatePart, RatePlace } from '../configuration/rate-index.js';
import type { Decided } from './decided.js';
import { decideByTable } from './decision-table.js';
import type { RuleBook } from './rule-book.js';
import type { Sale } from './sale.js';
import { smallBusinessText } from './small-business.js';
import { knownSupplyType } from './supply.js';
import type { Supply } from './supply.js';
import { NOT_SUBJECT, REASONS } from './verdict.js';
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
    const rate = line.rate ?? line.statedRate;
    if (rate === undefined && sale.settings.enabled) {
      unplaced(sale, isGoods);
      return undefined;
    }
    const country = sale.seller.country;
    const home: Supply = { line: { ...line, rate }, type, isGoods, territory: { country, inEu: sale.seller.inEu(isGoods) } };
    trace.push(`The buyer’s country is not known; ${country} is taken.`);
    return settle(sale, home, beforeRules(sale, home, trace) ?? disabled(home), trace, 'built_in');
  }
  const where = isGoods && sale.input.shipTo?.country !== undefined ? 'where they go' : 'where the buyer is';
  const region = territory.region === undefined ? '' : `-${territory.region}`;
  trace.push(`Place of supply (${type}): ${where}, ${territory.country}${region}.${territory.remark ? ` ${territory.remark}` : ''}`);
  const supply: Supply = { line, type, isGoods, territory };
  const early = beforeRules(sale, supply, trace);
  if (early) return settle(sale, supply, early, trace, line.rate === undefined ? 'built_in' : 'line');
  trace.push(`The buyer counts as ${sale.buyerType(territory)}.`);
  const ruled = rules.decide(sale, supply, trace);
  if (ruled) return settle(sale, supply, ruled.verdict, trace, `rule:${ruled.rule.id}`);
  const verdict = decideByTable(sale, supply);
  if (!verdict) return undefined;
  return settle(sale, supply, asSmallBusiness(sale, verdict), trace, 'built_in');
}

function unplaced(sale: Sale, isGoods: boolean): void {
  const field = sale.placeField(isGoods);
  const given = (field === 'shipTo' ? sale.input.shipTo : sale.input.buyer)?.country;
  const message = `Expected a country by its ISO 3166-1 alpha-2 code${given === undefined ? '' : `, got “${given}”`}.`;
  sale.fail({ code: 'tax_country_unknown', field: `${field}.country`, message });
}

function beforeRules(sale: Sale, supply: Supply, trace: string[]): Verdict | undefined {
  const place = supply.territory;
  const { exemption } = sale.input.buyer;
  if (supply.line.rate !== undefined) {
    trace.push(`The line names its rate itself: ${supply.line.rate} %.`);
    return { reason: 'manual_override', treatment: 'manual', place };
  }
  if (!sale.settings.enabled) {
    return disabled(supply);
  }
  if (exemption) {
    const legalText = exemption.certificate ? `${exemption.reason} (${exemption.certificate})` : exemption.reason;
    return { reason: 'exempt_customer', treatment: 'exempt', place, untaxed: { category: 'E', rateCode: 'EXEMPT', legalText } };
  }
  if (sale.settings.smallBusiness.enabled && sale.seller.isHome(supply.territory)) return smallBusiness(sale);
  return undefined;
}

function disabled({ territory }: Supply): Verdict {
  return {
    reason: 'tax_disabled',
    treatment: 'exempt',
    place: territory,
    untaxed: { ...NOT_SUBJECT, rateCode: 'EXEMPT', legalText: undefined },
  };
}

/** A small business charges none of its own country's tax, whoever buys. */
function asSmallBusiness(sale: Sale, verdict: Verdict): Verdict {
  const isOwnTax = verdict.untaxed === undefined && verdict.place.country === sale.seller.country;
  return isOwnTax && sale.settings.smallBusiness.enabled ? smallBusiness(sale) : verdict;
}

function smallBusiness({ seller, settings }: Sale): Verdict {
  const { exemptionCode, legalText } = smallBusinessText(seller.country, settings.smallBusiness.legalReference);
  const untaxed: Untaxed = { category: 'E', rateCode: 'SMALL_BUSINESS', exemptionCode, legalText };
  return { reason: 'small_business', treatment: 'small_business', place: { country: seller.country }, untaxed };
}

/** Puts the rate to a verdict. Undefined when there is none: nothing is guessed. */
function settle(sale: Sale, supply: Supply, verdict: Verdict, trace: string[], by: string): Decided | undefined {
  const { reason, untaxed, warning } = verdict;
  const { country, region } = verdict.place;
  const stated = supply.line.rate === undefined ? supply.line.statedRate : undefined;
  const agreed = stated === undefined ? undefined : agreedRates(sale, supply, verdict, stated);
  if (stated !== undefined && !agreed) return settle(sale, ...overridden(sale, supply, stated, trace), trace, 'line');
  if (warning) sale.warn(warning);
  trace.push(REASONS[reason]);
  if (untaxed) {
    trace.push(`Nothing is charged; category ${untaxed.category}.`);
    return {
      supplyType: supply.type,
      taxCountry: country,
      taxRegion: region,
      treatment: verdict.treatment,
      reason,
      category: untaxed.category,
      exemptionCode: untaxed.exemptionCode,
      legalText: verdict.legalText ?? untaxed.legalText,
      rate: 0,
      rateCode: untaxed.rateCode,
      decidedBy: by === 'built_in' ? `built_in:${reason}` : by,
      explain: trace,
      parts: [],
      units: 0,
      evidenceRequired: verdict.evidenceRequired ?? 0,
    };
  }
  const parts = reason === 'manual_override' ? manualPart(supply.line) : ratesOf(sale, supply, verdict, trace, agreed);
  if (!parts) return undefined;
  let units = 0;
  for (const part of parts) units += part.units;
  const rateCode = parts.length === 1 ? (parts[0]?.rateCode ?? '') : placeName(verdict.place, '_');
  return {
    supplyType: supply.type,
    taxCountry: country,
    taxRegion: region,
    treatment: finer(verdict.treatment, units, rateCode),
    reason,
    category: units === 0 ? 'Z' : 'S',
    exemptionCode: undefined,
    legalText: verdict.legalText,
    rate: percentOf(units),
    rateCode,
    decidedBy: by === 'built_in' ? `built_in:${reason}` : by,
    explain: trace,
    parts,
    units,
    evidenceRequired: verdict.evidenceRequired ?? 0,
  };
}

/**
 * What a rate that the shop computed with is in the decided place: nothing of it where nothing is charged, the usual one, or another
 * of the place. Undefined when it is none.
 */
function agreedRates(sale: Sale, supply: Supply, verdict: Verdict, stated: number): readonly IndexedRate[] | undefined {
  if (verdict.untaxed) return stated === 0 ? [] : undefined;
  const usual = verdict.reason === 'canada' ? canadianRates(sale, verdict.place) : singleRate(sale, supply, verdict, []);
  if (usual.length > 0 && usual.reduce((sum, { part }) => sum + part.units, 0) === rateUnits(stated)) return usual;
  // Nothing, where something is due, is more often a shop without tax than one that knows what is zero-rated.
  const other = stated > 0 ? sale.rateOfSize(verdict.place, stated) : undefined;
  return other && [other];
}

/** The shop's own word, in the seller's country when it is a rate of that. */
function overridden(sale: Sale, supply: Supply, stated: number, trace: string[]): [Supply, Verdict] {
  const home = { country: sale.seller.country };
  const place = stated > 0 && sale.rateOfSize(home, stated) ? home : supply.territory;
  const sentence = `The shop computed with ${stated} %, which is not what is due there; it is taken as it is.`;
  trace.push(sentence);
  sale.warn(sentence);
  return [
    { ...supply, line: { ...supply.line, rate: stated } },
    { reason: 'manual_override', treatment: 'manual', place },
  ];
}

function placeName({ country, region }: RatePlace, joint: string): string {
  return region === undefined ? country : `${country}${joint}${region}`;
}

function finer(treatment: TaxTreatment, units: number, rateCode: string): TaxTreatment {
  if (treatment !== 'standard') return treatment;
  if (units === 0) return 'zero_rated';
  return rateKind(rateCode) === 'STANDARD' ? 'standard' : 'reduced';
}

/** Shops divide to find a rate: more than six decimals are rounded. */
function manualPart({ rate = 0 }: TaxLine): RatePart[] {
  const units = rateUnits(rate);
  return [{ type: 'vat', rateCode: 'MANUAL', rate: percentOf(units), units }];
}

function ratesOf(
  sale: Sale,
  supply: Supply,
  verdict: Verdict,
  trace: string[],
  agreed: readonly IndexedRate[] | undefined,
): RatePart[] | undefined {
  const { place, reason } = verdict;
  const rates = agreed ?? (reason === 'canada' ? canadianRates(sale, place) : singleRate(sale, supply, verdict, trace));
  const day = sale.day(place);
  if (rates.length === 0) {
    const wanted = reason === 'canada' ? 'GST or HST' : (supply.line.rateCode ?? verdict.rateCode ?? 'standard');
    const message = `${placeName(place, '-')} has no rate “${wanted}” on ${day}; expected one in the tax rates.`;
    sale.fail({ code: 'tax_rate_missing', field: 'rates', message });
    return undefined;
  }
  return rates.map(({ part, sentence }) => {
    trace.push(`${sentence} on ${day}, by the calendar of ${zoneOf(place.country, place.region)}.`);
    return part;
  });
}

function singleRate(sale: Sale, { line }: Supply, { place, reason, rateCode }: Verdict, trace: string[]): IndexedRate[] {
  let rate = sale.rate(place, line.rateCode ?? rateCode);
  if (!rate && line.rateCode !== undefined) {
    rate = sale.rate(place, rateCode);
    if (rate) {
      const sentence = `${place.country} has no rate “${line.rateCode}”; ${rate.part.rateCode} is taken.`;
      trace.push(sentence);
      sale.warn(sentence);
    }
  }
  if (!rate) return [];
  const local = reason === 'us_sales_tax' ? sale.rate(place, `US_${place.region ?? ''}_LOCAL`) : undefined;
  return local && local.id !== rate.id ? [rate, local] : [rate];
}

/** HST alone, or GST and the province's own tax where the seller is registered for it. */
function canadianRates(sale: Sale, place: RatePlace): IndexedRate[] {
  const federal = sale.rate(place, 'HST') ?? sale.rate(place, 'GST');
  if (!federal) return [];
  if (!sale.seller.levies(place.region ?? '') || federal.part.type === 'hst') return [federal];
  const provincial = sale.rate(place, 'QST') ?? sale.rate(place, 'PST');
  return provincial ? [federal, provincial] : [federal];
}
