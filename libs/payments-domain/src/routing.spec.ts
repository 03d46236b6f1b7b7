import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PAYMENT_METHODS } from './provider-types/payment-methods.js';
import { nextAfterRefusal, routePayment } from './routing.js';
import type { RoutableProvider, RoutingContext, RoutingRule } from './routing.js';

const provider = (id: string, more: Partial<RoutableProvider> = {}): RoutableProvider => ({ id, standing: 'ready', ...more });
const CONTEXT: RoutingContext = { amount: 4900, currency: 'EUR' };

const names = ['a', 'b', 'c', 'd'];
const currencies = fc.subarray(['EUR', 'USD', 'JPY'], { minLength: 1 });
const countries = fc.subarray(['DE', 'FR', 'US'], { minLength: 1 });
const methods = fc.subarray([...PAYMENT_METHODS], { minLength: 1 });
const anyRule: fc.Arbitrary<RoutingRule> = fc.record(
  {
    providerId: fc.constantFrom(...names),
    currencies,
    minAmount: fc.nat(10_000),
    maxAmount: fc.nat(10_000),
    countries,
    methods,
    onRefusal: fc.constantFrom('stop' as const, 'next' as const),
  },
  { requiredKeys: ['providerId'] },
);
const anyProviders = fc
  .subarray(names)
  .chain((ids) =>
    fc.tuple(
      ...ids.map((id) =>
        fc.record(
          { id: fc.constant(id), standing: fc.constantFrom('ready' as const, 'trial' as const, 'paused' as const), methods },
          { requiredKeys: ['id', 'standing'] },
        ),
      ),
    ),
  );
const anyContext: fc.Arbitrary<RoutingContext> = fc.record(
  {
    amount: fc.integer({ min: 1, max: 12_000 }),
    currency: fc.constantFrom('EUR', 'USD', 'JPY'),
    country: fc.constantFrom('DE', 'FR', 'US', 'BR'),
    method: fc.constantFrom(...PAYMENT_METHODS),
  },
  { requiredKeys: ['amount', 'currency'] },
);
const anyRules = fc.array(anyRule, { maxLength: 8 });

describe('routePayment', () => {
  it.each<{ name: string; rules: RoutingRule[]; context?: Partial<RoutingContext>; expected: string[] }>([
    { name: 'without rules, the order of the site', rules: [], expected: ['a', 'b', 'c'] },
    { name: 'what no rule names comes last', rules: [{ providerId: 'c' }], expected: ['c', 'a', 'b'] },
    { name: 'another currency', rules: [{ providerId: 'a', currencies: ['USD'] }], expected: ['b', 'c'] },
    { name: 'one of the currencies', rules: [{ providerId: 'b', currencies: ['USD', 'EUR'] }], expected: ['b', 'a', 'c'] },
    { name: 'just enough', rules: [{ providerId: 'a', minAmount: 4900 }], expected: ['a', 'b', 'c'] },
    { name: 'just too little', rules: [{ providerId: 'a', minAmount: 4901 }], expected: ['b', 'c'] },
    { name: 'just not too much', rules: [{ providerId: 'a', maxAmount: 4900 }], expected: ['a', 'b', 'c'] },
    { name: 'just too much', rules: [{ providerId: 'a', maxAmount: 4899 }], expected: ['b', 'c'] },
    { name: 'another country', rules: [{ providerId: 'a', countries: ['FR'] }], context: { country: 'DE' }, expected: ['b', 'c'] },
    { name: 'a country not known yet', rules: [{ providerId: 'a', countries: ['FR'] }], expected: ['a', 'b', 'c'] },
    { name: 'another method', rules: [{ providerId: 'a', methods: ['wallet'] }], context: { method: 'card' }, expected: ['b', 'c'] },
    { name: 'a method not chosen', rules: [{ providerId: 'a', methods: ['wallet'] }], expected: ['a', 'b', 'c'] },
    {
      name: 'the second rule about a provider',
      rules: [{ providerId: 'a', currencies: ['USD'] }, { providerId: 'b' }, { providerId: 'a', currencies: ['EUR'] }],
      expected: ['b', 'a', 'c'],
    },
    { name: 'a provider the site does not offer', rules: [{ providerId: 'z' }], expected: ['a', 'b', 'c'] },
  ])('$name', ({ rules, context, expected }) => {
    const route = routePayment(
      rules,
      ['a', 'b', 'c'].map((id) => provider(id)),
      { ...CONTEXT, ...context },
    );
    expect(route.candidates.map(({ providerId }) => providerId)).toEqual(expected);
  });

  it('says why a provider is out, rule by rule', () => {
    const rules: RoutingRule[] = [
      { providerId: 'a', currencies: ['USD'], minAmount: 10_000 },
      { providerId: 'a', countries: ['FR'] },
    ];
    const { excluded } = routePayment(rules, [provider('a'), provider('b'), provider('c', { standing: 'paused' })], {
      ...CONTEXT,
      country: 'DE',
    });
    expect(excluded).toEqual([
      {
        providerId: 'a',
        reason: 'conditions',
        misses: [
          { rule: 0, because: ['currency', 'amount'] },
          { rule: 1, because: ['country'] },
        ],
      },
      { providerId: 'c', reason: 'paused' },
    ]);
  });

  it('a provider that cannot do the method at all is out without any rule', () => {
    const route = routePayment([], [provider('wire', { methods: ['bank_transfer'] }), provider('unknown')], { ...CONTEXT, method: 'card' });
    expect(route.excluded).toEqual([{ providerId: 'wire', reason: 'conditions', misses: [{ because: ['method'] }] }]);
    expect(route.candidates).toEqual([{ providerId: 'unknown', methods: ['card'], onRefusal: 'stop', standing: 'ready' }]);
  });

  it('of providers that all fail, the first by order is left', () => {
    const paused = ['a', 'b'].map((id) => provider(id, { standing: 'paused' }));
    const route = routePayment([{ providerId: 'b' }], paused, CONTEXT);
    expect(route.candidates).toEqual([{ providerId: 'b', rule: 0, onRefusal: 'stop', standing: 'paused' }]);
    expect(route.excluded).toEqual([{ providerId: 'a', reason: 'paused' }]);
  });

  it('puts every provider in exactly one list', () => {
    fc.assert(
      fc.property(anyRules, anyProviders, anyContext, (rules, providers, context) => {
        const { candidates, excluded } = routePayment(rules, providers, context);
        const told = [...candidates, ...excluded].map(({ providerId }) => providerId);
        expect([...told].sort()).toEqual(providers.map(({ id }) => id).sort());
      }),
    );
  });

  it('keeps the order of the rules, and what no rule names in the order of the site', () => {
    fc.assert(
      fc.property(anyRules, anyProviders, anyContext, (rules, providers, context) => {
        const { candidates } = routePayment(rules, providers, context);
        const ruled = candidates.flatMap(({ rule }) => rule ?? []);
        expect(ruled).toEqual([...ruled].sort((a, b) => a - b));
        expect(candidates.slice(0, ruled.length).every(({ rule }) => rule !== undefined)).toBe(true);
        const rest = candidates.slice(ruled.length).map(({ providerId }) => providerId);
        expect(rest).toEqual(providers.map(({ id }) => id).filter((id) => rest.includes(id)));
      }),
    );
  });

  it('is empty only when the conditions exclude everything, and never mixes a paused provider with others', () => {
    fc.assert(
      fc.property(anyRules, anyProviders, anyContext, (rules, providers, context) => {
        const { candidates, excluded } = routePayment(rules, providers, context);
        if (candidates.length === 0) expect(excluded.every(({ reason }) => reason === 'conditions')).toBe(true);
        if (candidates.some(({ standing }) => standing === 'paused')) expect(candidates).toHaveLength(1);
      }),
    );
  });

  it('what is known of the buyer only takes providers away', () => {
    fc.assert(
      fc.property(anyRules, anyProviders, anyContext, (rules, providers, context) => {
        const ready = providers.map((one) => ({ ...one, standing: 'ready' as const }));
        const { amount, currency } = context;
        const before = routePayment(rules, ready, { amount, currency }).candidates.map(({ providerId }) => providerId);
        const after = routePayment(rules, ready, context).candidates.map(({ providerId }) => providerId);
        expect(after.filter((id) => !before.includes(id))).toEqual([]);
      }),
    );
  });
});

describe('nextAfterRefusal', () => {
  const route = (rules: RoutingRule[], providers = ['a', 'b', 'c'].map((id) => provider(id))) =>
    routePayment(rules, providers, CONTEXT).candidates;

  it.each<{ name: string; rules: RoutingRule[]; providers?: RoutableProvider[]; tried?: string[]; expected: string | undefined }>([
    { name: 'no rule, no second attempt', rules: [], expected: undefined },
    { name: 'the rule says stop', rules: [{ providerId: 'a', onRefusal: 'stop' }], expected: undefined },
    { name: 'the rule says next', rules: [{ providerId: 'a', onRefusal: 'next' }], expected: 'b' },
    { name: 'the next was tried', rules: [{ providerId: 'a', onRefusal: 'next' }], tried: ['b'], expected: 'c' },
    { name: 'all were tried', rules: [{ providerId: 'a', onRefusal: 'next' }], tried: ['b', 'c'], expected: undefined },
    {
      name: 'never back to an earlier one',
      rules: [{ providerId: 'b' }, { providerId: 'c' }, { providerId: 'a', onRefusal: 'next' }],
      expected: undefined,
    },
    {
      name: 'not from a card to a bank transfer',
      rules: [{ providerId: 'a', onRefusal: 'next' }],
      providers: [
        provider('a', { methods: ['card'] }),
        provider('b', { methods: ['bank_transfer'] }),
        provider('c', { methods: ['wallet', 'card'] }),
      ],
      expected: 'c',
    },
  ])('$name', ({ rules, providers, tried = [], expected }) => {
    expect(nextAfterRefusal(route(rules, providers), 'a', new Set(['a', ...tried]))?.providerId).toBe(expected);
  });

  it('always comes to an end, and asks no provider twice', () => {
    fc.assert(
      fc.property(anyRules, anyProviders, anyContext, (rules, providers, context) => {
        const { candidates } = routePayment(rules, providers, context);
        const asked: string[] = [];
        for (let at = candidates[0]; at; at = nextAfterRefusal(candidates, at.providerId, new Set(asked))) asked.push(at.providerId);
        expect(new Set(asked).size).toBe(asked.length);
      }),
    );
  });
});
