import { DomainError } from '@paygate/kernel';
import type { FieldProblem } from '@paygate/kernel';
import { problemsOfRoutingRules } from '@paygate/payments-domain';
import type { RoutingRule } from '@paygate/payments-domain';

/**
 * Rules as they are kept: countries in upper case, nothing that is absent.
 * @throws DomainError `validation_failed` naming every rule that names no provider of the site, contradicts itself, or stands
 *   behind one that leaves it nothing
 */
export function canonicalRules(rules: readonly RoutingRule[], offered: ReadonlyMap<string, string>): RoutingRule[] {
  const kept = rules.map(canonicalRule);
  const [first, ...others] = problemsOfRoutingRules(kept, offered).map(({ rule, field: name, code, expected }): FieldProblem => {
    const field = `routing[${rule}].${name}`;
    return { field, code, message: `${field} must be ${expected}.`, expected };
  });
  if (first) throw DomainError.invalid(first, ...others);
  return kept;
}

function canonicalRule({ providerId, currencies, minAmount, maxAmount, countries, methods, onRefusal }: RoutingRule): RoutingRule {
  const conditions = {
    currencies,
    minAmount,
    maxAmount,
    countries: countries?.map((country) => country.toUpperCase()),
    methods,
    onRefusal,
  };
  const given = Object.entries(conditions).filter(([, value]) => value !== undefined);
  return { providerId, ...Object.fromEntries(given) };
}
