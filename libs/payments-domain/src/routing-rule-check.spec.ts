import { describe, expect, it } from '@jest/globals';
import { problemsOfRoutingRules } from './routing-rule-check.js';
import type { RoutingRule } from './routing.js';

const OFFERED = new Map([
  ['card', 'stripe'],
  ['debit', 'gocardless'],
  ['new', 'a type of a later version'],
]);

describe('problemsOfRoutingRules', () => {
  it.each<{ name: string; rules: RoutingRule[]; problems: { rule: number; field: string; code: string }[] }>([
    { name: 'none', rules: [], problems: [] },
    {
      name: 'one provider by currency',
      rules: [
        { providerId: 'card', currencies: ['EUR'] },
        { providerId: 'card', currencies: ['USD'] },
      ],
      problems: [],
    },
    { name: 'a range of one currency', rules: [{ providerId: 'card', currencies: ['EUR'], minAmount: 5, maxAmount: 5 }], problems: [] },
    { name: 'any method of an unknown type', rules: [{ providerId: 'new', methods: ['wallet'] }], problems: [] },
    {
      name: 'an unknown provider',
      rules: [{ providerId: 'card' }, { providerId: 'x' }],
      problems: [{ rule: 1, field: 'providerId', code: 'not_offered' }],
    },
    {
      name: 'a range turned round',
      rules: [{ providerId: 'card', currencies: ['EUR'], minAmount: 6, maxAmount: 5 }],
      problems: [{ rule: 0, field: 'maxAmount', code: 'range_contradictory' }],
    },
    {
      name: 'amounts of no currency',
      rules: [{ providerId: 'card', minAmount: 6 }],
      problems: [{ rule: 0, field: 'currencies', code: 'currency_required' }],
    },
    {
      name: 'amounts of two',
      rules: [{ providerId: 'card', currencies: ['EUR', 'JPY'], maxAmount: 6 }],
      problems: [{ rule: 0, field: 'currencies', code: 'currency_required' }],
    },
    {
      name: 'a method it has not',
      rules: [{ providerId: 'debit', methods: ['bank_debit', 'card'] }],
      problems: [{ rule: 0, field: 'methods', code: 'method_not_supported' }],
    },
    {
      name: 'a rule behind one that always holds',
      rules: [{ providerId: 'card', onRefusal: 'next' }, { providerId: 'debit' }, { providerId: 'card', currencies: ['EUR'] }],
      problems: [{ rule: 2, field: 'providerId', code: 'never_used' }],
    },
  ])('$name', ({ rules, problems }) => {
    expect(problemsOfRoutingRules(rules, OFFERED).map(({ rule, field, code }) => ({ rule, field, code }))).toEqual(problems);
  });
});
