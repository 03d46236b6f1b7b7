import type { TaxRule } from '../tax-rule.js';
import { judgeRule } from './rule-conditions.js';
import type { Sale } from './sale.js';
import type { Supply } from './supply.js';
import type { Verdict } from './verdict.js';
import { compare } from '../arithmetic/exact.js';

/** A merchant's rules, the one with the highest priority first. */
export class RuleBook {
  private readonly rules: readonly TaxRule[];

  constructor(rules: readonly TaxRule[]) {
    this.rules = rules.filter(({ active }) => active).sort((a, b) => b.priority - a.priority || compare(a.id, b.id));
  }

  /** The first rule that fits and whose condition in law is met. Those passed over are named in the trace. */
  decide(sale: Sale, supply: Supply, trace: string[]): { rule: TaxRule; verdict: Verdict } | undefined {
    for (const rule of this.rules) {
      if (!fits(rule, sale, supply)) continue;
      if (!sale.usedRules.includes(rule.id)) sale.usedRules.push(rule.id);
      const verdict = judgeRule(rule, sale, supply);
      if (typeof verdict !== 'string') {
        trace.push(`The rule “${rule.name}” decides: ${rule.treatment}.`);
        return { rule, verdict };
      }
      trace.push(`The rule “${rule.name}” is passed over: ${verdict}.`);
    }
    return undefined;
  }
}

function fits(rule: TaxRule, sale: Sale, { territory, type, line }: Supply): boolean {
  const { seller } = sale;
  if (rule.sellerCountry !== seller.country && rule.sellerCountry !== sale.settings.sellerCountry) return false;
  if (rule.buyerType !== undefined && rule.buyerType !== sale.buyerType(territory)) return false;
  if (!rule.supplyTypes.some((wanted) => wanted === '*' || wanted === type || wanted === line.itemType)) return false;
  if (rule.buyerCountry === 'EU') {
    if (!territory.inEu || seller.isHome(territory)) return false;
  } else if (rule.buyerCountry !== '*' && rule.buyerCountry !== territory.country) return false;
  if (rule.effectiveFrom === undefined && rule.effectiveTo === undefined) return true;
  const today = sale.day({ country: seller.country });
  return (rule.effectiveFrom ?? today) <= today && today <= (rule.effectiveTo ?? today);
}
