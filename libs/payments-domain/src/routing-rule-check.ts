import { methodsOfProviderType } from './provider-types/payment-methods.js';
import type { RoutingRule } from './routing.js';

/** What is wrong with a rule, and where in it. */
export interface RoutingRuleProblem {
  /** Position of the rule. */
  readonly rule: number;
  readonly field: 'providerId' | 'currencies' | 'maxAmount' | 'methods';
  readonly code: 'not_offered' | 'currency_required' | 'range_contradictory' | 'method_not_supported' | 'never_used';
  readonly expected: string;
}

/**
 * Rules that name a provider the site does not offer, or that contradict themselves or one another.
 * @param offered type of each provider of the site, by id
 */
export function problemsOfRoutingRules(rules: readonly RoutingRule[], offered: ReadonlyMap<string, string>): RoutingRuleProblem[] {
  const unconditional = new Map<string, number>();
  return rules.flatMap((rule, position) => {
    const earlier = unconditional.get(rule.providerId);
    if (earlier === undefined && isUnconditional(rule)) unconditional.set(rule.providerId, position);
    return problemsOf(rule, position, offered, earlier);
  });
}

function problemsOf(
  rule: RoutingRule,
  position: number,
  offered: ReadonlyMap<string, string>,
  earlier: number | undefined,
): RoutingRuleProblem[] {
  const type = offered.get(rule.providerId);
  if (type === undefined) return [{ rule: position, field: 'providerId', code: 'not_offered', expected: 'one of providerIds' }];
  const problems: RoutingRuleProblem[] = [];
  const { minAmount, maxAmount, currencies, methods } = rule;
  if ((minAmount !== undefined || maxAmount !== undefined) && currencies?.length !== 1) {
    const expected = 'exactly one currency, because the amounts are in its minor units';
    problems.push({ rule: position, field: 'currencies', code: 'currency_required', expected });
  }
  if (minAmount !== undefined && maxAmount !== undefined && minAmount > maxAmount) {
    problems.push({ rule: position, field: 'maxAmount', code: 'range_contradictory', expected: 'at least minAmount' });
  }
  const possible = methodsOfProviderType(type);
  if (possible && methods?.some((method) => !possible.includes(method))) {
    problems.push({
      rule: position,
      field: 'methods',
      code: 'method_not_supported',
      expected: `methods of ${type}: ${possible.join(', ')}`,
    });
  }
  if (earlier !== undefined) {
    const expected = `a provider that no earlier rule takes without conditions, as routing[${earlier}] does`;
    problems.push({ rule: position, field: 'providerId', code: 'never_used', expected });
  }
  return problems;
}

function isUnconditional({ currencies, minAmount, maxAmount, countries, methods }: RoutingRule): boolean {
  return [currencies, minAmount, maxAmount, countries, methods].every((condition) => condition === undefined);
}
