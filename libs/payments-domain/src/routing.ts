import type { PaymentMethod } from './provider-types/payment-methods.js';

/** What becomes of a payment its provider has refused for certain. */
export type OnRefusal = 'stop' | 'next';

/**
 * When a site uses one of its providers. Every condition that is given has to hold; one without conditions always does.
 * Of several rules about one provider it is enough that one holds.
 */
export interface RoutingRule {
  readonly providerId: string;
  /** ISO 4217. */
  readonly currencies?: readonly string[];
  /** Minor units of the one currency the rule names; both ends belong to the range. */
  readonly minAmount?: number;
  readonly maxAmount?: number;
  /** Of the buyer's billing address, ISO 3166-1 alpha-2. */
  readonly countries?: readonly string[];
  readonly methods?: readonly PaymentMethod[];
  readonly onRefusal?: OnRefusal;
}

/** The payment to be routed. What is not known yet speaks against no provider. */
export interface RoutingContext {
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly country?: string;
  readonly method?: PaymentMethod;
}

/** `trial`: it was failing, and the next payment finds out whether it still is. */
export type ProviderStanding = 'ready' | 'trial' | 'paused';

/** A provider the site offers. */
export interface RoutableProvider {
  readonly id: string;
  /** Absent: not known, so it may be any. */
  readonly methods?: readonly PaymentMethod[];
  readonly standing: ProviderStanding;
}

export type RoutingCondition = 'currency' | 'amount' | 'country' | 'method';

/** Why a rule does not hold. */
export interface RuleMiss {
  /** Position among the site's rules; absent: it is the provider itself that cannot do it. */
  readonly rule?: number;
  readonly because: readonly RoutingCondition[];
}

export interface RouteCandidate {
  readonly providerId: string;
  /** The rule that holds, by its position; absent: no rule names the provider, so it takes every payment. */
  readonly rule?: number;
  /** Ways to pay that are open with it; absent: not known. */
  readonly methods?: readonly PaymentMethod[];
  readonly onRefusal: OnRefusal;
  readonly standing: ProviderStanding;
}

export type RouteExclusion =
  | { readonly providerId: string; readonly reason: 'conditions'; readonly misses: readonly RuleMiss[] }
  | { readonly providerId: string; readonly reason: 'paused' };

/** Every provider of the site is in exactly one of the two lists. */
export interface Route {
  /** Best first. Empty only when the conditions exclude every provider. */
  readonly candidates: readonly RouteCandidate[];
  readonly excluded: readonly RouteExclusion[];
}

/**
 * Which providers take a payment, and in which order: by the position of the first rule that holds, and after those the
 * providers no rule names, as the site lists them. A provider that keeps failing is left out while others remain; when
 * none does, the first of them is used after all: a doubtful chance to pay is better than none.
 */
export function routePayment(rules: readonly RoutingRule[], providers: readonly RoutableProvider[], context: RoutingContext): Route {
  const judged = providers.map((provider) => judge(rules, provider, context));
  const unfit = judged.flatMap((verdict) => ('reason' in verdict ? [verdict] : []));
  const fit = judged.flatMap((verdict) => ('reason' in verdict ? [] : [verdict])).sort((a, b) => positionOf(a) - positionOf(b));
  const working = fit.filter(({ standing }) => standing !== 'paused');
  const candidates = working.length > 0 ? working : fit.slice(0, 1);
  const paused = fit.filter((candidate) => !candidates.includes(candidate));
  return { candidates, excluded: [...unfit, ...paused.map(({ providerId }) => ({ providerId, reason: 'paused' }) as const)] };
}

/**
 * Where a payment goes on that a candidate has refused for certain: to the next one in order with which the buyer can pay
 * the same way, if the candidate's rule says so.
 * @param tried providers that have had this payment, the refusing one included
 */
export function nextAfterRefusal(
  candidates: readonly RouteCandidate[],
  refusedBy: string,
  tried: ReadonlySet<string>,
): RouteCandidate | undefined {
  const position = candidates.findIndex(({ providerId }) => providerId === refusedBy);
  const refusing = candidates[position];
  if (refusing?.onRefusal !== 'next') return undefined;
  return candidates.slice(position + 1).find((next) => !tried.has(next.providerId) && shareMethod(refusing.methods, next.methods));
}

function judge(rules: readonly RoutingRule[], provider: RoutableProvider, context: RoutingContext): RouteCandidate | RouteExclusion {
  const { id: providerId, methods, standing } = provider;
  if (context.method !== undefined && methods?.includes(context.method) === false) {
    return { providerId, reason: 'conditions', misses: [{ because: ['method'] }] };
  }
  const misses: RuleMiss[] = [];
  for (const [rule, conditions] of rules.entries()) {
    if (conditions.providerId !== providerId) continue;
    const because = missed(conditions, context);
    if (because.length === 0) {
      const open = openMethods(conditions.methods ?? methods, context.method);
      return { providerId, rule, methods: open, onRefusal: conditions.onRefusal ?? 'stop', standing };
    }
    misses.push({ rule, because });
  }
  if (misses.length > 0) return { providerId, reason: 'conditions', misses };
  return { providerId, methods: openMethods(methods, context.method), onRefusal: 'stop', standing };
}

function missed(rule: RoutingRule, { amount, currency, country, method }: RoutingContext): RoutingCondition[] {
  const { minAmount = 0, maxAmount = Number.MAX_SAFE_INTEGER } = rule;
  const holds: Record<RoutingCondition, boolean> = {
    currency: rule.currencies?.includes(currency) ?? true,
    amount: amount >= minAmount && amount <= maxAmount,
    country: country === undefined || (rule.countries?.includes(country) ?? true),
    method: method === undefined || (rule.methods?.includes(method) ?? true),
  };
  return (Object.keys(holds) as RoutingCondition[]).filter((condition) => !holds[condition]);
}

function openMethods(methods: readonly PaymentMethod[] | undefined, wanted: PaymentMethod | undefined) {
  return wanted === undefined ? methods : [wanted];
}

function shareMethod(some: readonly PaymentMethod[] | undefined, others: readonly PaymentMethod[] | undefined): boolean {
  return some === undefined || others === undefined || some.some((method) => others.includes(method));
}

function positionOf({ rule }: RouteCandidate): number {
  return rule ?? Number.MAX_SAFE_INTEGER;
}
