import { lineTotal } from '../arithmetic/line-total.js';
import { RateIndex } from '../configuration/rate-index.js';
import type { Decided } from '../decision/decided.js';
import { decideLine } from '../decision/decide-line.js';
import { RuleBook } from '../decision/rule-book.js';
import { Sale } from '../decision/sale.js';
import { Seller } from '../decision/seller.js';
import { knownSupplyType } from '../decision/supply.js';
import { instantOf } from '../places/local-day.js';
import type { TaxConfiguration } from '../tax-configuration.js';
import type { TaxInput, TaxLine } from '../tax-input.js';
import type { TaxCalculation, TaxEvidence, TaxOutcome, TaxProblem } from '../tax-result.js';
import type { TaxedAmount } from './amounts.js';
import { breakdownOf, taxedLine } from './breakdown.js';
import { checkInput } from './check-input.js';
import { evidenceOf } from './evidence.js';
import { addGivenTax, unnamed } from './given-tax-lines.js';
import { roundByDocument, roundByLine } from './round-by-document.js';
import { spreadDiscounts } from './spread-discounts.js';

/**
 * Decides and computes the tax of sales for one configuration, which it indexes once. Pure: the same input gives the same outcome.
 * It never throws on bad input: the problems name the field and what was expected.
 */
export class TaxEngine {
  private readonly seller: Seller;
  private readonly rates: RateIndex;
  private readonly rules: RuleBook;

  constructor(private readonly configuration: TaxConfiguration) {
    this.seller = new Seller(configuration.settings);
    this.rates = new RateIndex(configuration.rates);
    this.rules = new RuleBook(configuration.rules);
  }

  calculate(input: TaxInput): TaxOutcome {
    const instant = instantOf((input as TaxInput | undefined | null)?.taxPoint);
    const malformed = checkInput(input, instant);
    if (instant === undefined || malformed.length > 0) return { ok: false, problems: malformed };
    const { settings } = this.configuration;
    if (settings.enabled && this.seller.country === '') return { ok: false, problems: [noSeller(settings.sellerCountry)] };
    const sale = new Sale(input, this.seller, this.rates, instant);
    const amounts = this.tax(sale);
    if (!amounts || sale.problems.length > 0) return { ok: false, problems: sale.problems };
    const evidence = evidenceFor(sale, amounts);
    const missing = settings.strictEvidence && evidence && !evidence.sufficient ? [insufficient(evidence)] : [];
    if (missing.length > 0) return { ok: false, problems: missing };
    return { ok: true, calculation: calculationOf(sale, amounts, evidence) };
  }

  private tax(sale: Sale): TaxedAmount[] | undefined {
    const isGiven = sale.input.lines.some(isGivenTax);
    // Beside lines of tax, rates only say which line bears which of them.
    const lines = isGiven ? sale.input.lines.map((line) => ({ ...line, rate: line.rate ?? line.statedRate })) : sale.input.lines;
    const taxLines = lines.filter(isGivenTax);
    const others = isGiven ? lines.filter((line) => line.itemType !== 'tax') : lines;
    const decide = this.decider(sale, isGiven);
    const spreadable = others.map((line) => ({
      id: line.id,
      total: lineTotal(line),
      isGross: line.amountType === 'gross',
      decision: isDiscountOnAll(line) ? undefined : decide(line),
    }));
    if (sale.problems.length > 0) return undefined;
    const amounts = spreadDiscounts(spreadable, ({ id }) => {
      const alone = others.find((line) => line.id === id);
      return alone && decide(alone);
    });
    if (sale.problems.length > 0) return undefined;
    if (isGiven)
      return addGivenTax(
        amounts,
        taxLines.map((line) => ({ line, decision: decide(line) })),
      );
    return sale.settings.roundingMethod === 'line' ? roundByLine(amounts) : roundByDocument(amounts);
  }

  /**
   * Lines of one kind share one decision.
   * @param isGiven lines of tax stand in the document: the shop has computed it, only the place is decided
   */
  private decider(sale: Sale, isGiven: boolean): (line: TaxLine) => Decided | undefined {
    const known: { line: TaxLine; decision: Decided | undefined }[] = [];
    return (line) => {
      const same = known.find((one) => isDecidedAlike(one.line, line));
      if (same) return same.decision;
      const decision = isGiven ? decideGivenLine(sale, this.rules, line) : decideLine(sale, this.rules, line);
      known.push({ line, decision });
      return decision;
    };
  }
}

function isDecidedAlike(a: TaxLine, b: TaxLine): boolean {
  return (
    a.itemType === b.itemType &&
    a.rate === b.rate &&
    a.statedRate === b.statedRate &&
    a.rateCode === b.rateCode &&
    !a.domesticReverseCharge === !b.domesticReverseCharge
  );
}

function decideGivenLine(sale: Sale, rules: RuleBook, line: TaxLine): Decided | undefined {
  const decision = decideLine(sale, rules, { ...line, rate: line.rate ?? 0 });
  return decision && line.rate === undefined ? unnamed(decision) : decision;
}

function isGivenTax(line: TaxLine): boolean {
  return line.itemType === 'tax' && lineTotal(line) !== 0;
}

function isDiscountOnAll(line: TaxLine): boolean {
  if (line.rate !== undefined || line.statedRate !== undefined || line.rateCode !== undefined) return false;
  return knownSupplyType(line.itemType) === 'discount' && lineTotal(line) < 0;
}

function noSeller(given: string): TaxProblem {
  const message = `Expected the seller’s country by its ISO 3166-1 alpha-2 code, got “${given}”.`;
  return { code: 'tax_country_unknown', field: 'settings.sellerCountry', message };
}

function evidenceFor(sale: Sale, amounts: readonly TaxedAmount[]): TaxEvidence | undefined {
  let required = 0;
  let place: string | undefined;
  for (const { decision } of amounts) {
    if (decision.evidenceRequired <= required) continue;
    required = decision.evidenceRequired;
    place = decision.taxCountry;
  }
  return evidenceOf(sale.input, place, required);
}

function insufficient({ pieces, required, agreeing }: TaxEvidence): TaxProblem {
  const has = pieces.map(({ source, country }) => `${source} ${country}`).join(', ') || 'none';
  const message = `Expected ${required} pieces of evidence that agree on the buyer’s country and outnumber any other, got ${agreeing}: ${has}.`;
  return { code: 'tax_evidence_insufficient', field: 'evidence', message };
}

function calculationOf(sale: Sale, amounts: readonly TaxedAmount[], evidence: TaxEvidence | undefined): TaxCalculation {
  const { input, seller } = sale;
  const { totalNet, totalTax } = totalsOf(input, amounts);
  const { vatId, vatIdStatus, consultationNumber } = input.buyer;
  const isGoodsOnly = input.lines.every(({ itemType }) => ['goods', 'shipping'].includes(knownSupplyType(itemType) ?? 'goods'));
  return {
    taxIncluded: input.lines.every((line) => line.amountType === 'gross' && !isGivenTax(line)),
    currency: input.currency,
    taxPoint: input.taxPoint,
    totalNet,
    totalTax,
    totalGross: totalNet + totalTax,
    lines: amounts.map(taxedLine),
    breakdown: breakdownOf(amounts),
    parties: {
      sellerCountry: seller.country,
      ...(sale.buyerCountry !== undefined && { buyerCountry: sale.buyerCountry }),
      buyerType: sale.buyerType(sale.territory(isGoodsOnly)),
      ...(vatId !== undefined && { vatId }),
      ...(vatIdStatus !== undefined && { vatIdStatus }),
      ...(consultationNumber !== undefined && { consultationNumber }),
    },
    ...(evidence && { evidence }),
    warnings: sale.warnings,
    basis: { rates: sale.usedRates, rules: sale.usedRules },
  };
}

function totalsOf({ lines }: TaxInput, amounts: readonly TaxedAmount[]): { totalNet: number; totalTax: number } {
  let totalNet = 0;
  let totalTax = 0;
  for (const { net, tax } of amounts) {
    totalNet += net;
    totalTax += tax;
  }
  // Where the shop named the tax, what it named none for is in no amount, but is charged all the same.
  if (!lines.some(isGivenTax)) return { totalNet, totalTax };
  return { totalNet: lines.reduce((sum, line) => sum + lineTotal(line), 0) - totalTax, totalTax };
}
