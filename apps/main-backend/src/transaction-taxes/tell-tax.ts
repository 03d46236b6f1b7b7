import { isDeepStrictEqual } from 'node:util';
import type { TaxMoved } from '@paygate/messages';
import { reverseTax } from '@paygate/tax';
import type { TaxParties } from '@paygate/tax';
import type { TaxDecision, TaxMovement, TaxVerdict } from './tax-decision.js';
import { moneyGone, paidAt } from './taxed-payment.js';
import type { MoneyGone, TaxedPayment } from './taxed-payment.js';

type About = Pick<TaxMoved, 'parties' | 'evidence' | 'recognitionMode'>;
type Content = About & Pick<TaxMoved, 'saleRecognizedAt' | 'breakdown' | 'untaxed'>;
type Source = Pick<TaxMoved, 'sourceKind' | 'sourceId'>;
interface Wanted extends Source {
  readonly place: number;
  readonly recognizedAt: string;
  readonly content: Content;
}

/**
 * What has to be told so that everything told stands for the payment as it is now: the sale once it is paid, and what went
 * back of it. Only what is new or different is told, under the next version of its source; what stands no more is voided.
 *
 * Reversals are laid end to end along the sale, each beginning where the one before it ended, so that together they take back
 * exactly the tax of their sum, to the cent and rate by rate, whatever the order in which we heard. When one of them is taken
 * back, those behind it move up. What goes back beyond the sale itself has no tax: it is `untaxed`.
 */
export function taxToTell(decision: TaxDecision, payment: TaxedPayment, told: readonly TaxMovement[]): TaxMovement[] {
  const latest = latestOf(told);
  const wanted = wantedOf(decision, payment, latest);
  const news = wanted.flatMap((source) => {
    const before = latest.get(keyOf(source));
    const movement = movementOf(decision, payment, source, before);
    return before && saysTheSame(before, movement) ? [] : [movement];
  });
  const kept = new Set(wanted.map(keyOf));
  const voids = [...latest].flatMap(([key, before]) => (kept.has(key) || before.moved.voided ? [] : [voided(before)]));
  return [...news, ...voids];
}

function wantedOf(decision: TaxDecision, payment: TaxedPayment, latest: ReadonlyMap<string, TaxMovement>): Wanted[] {
  const paid = paidAt(payment);
  if (!paid || !decision.configuration.settings.enabled) return [];
  const { calculation, configuration, input } = decision;
  const byCash = configuration.settings.recognitionMode === 'cash';
  const about = aboutOf(decision);
  const sale: Wanted = {
    sourceKind: 'transaction',
    sourceId: payment.id,
    place: 0,
    recognizedAt: byCash ? paid.toISOString() : new Date(calculation?.taxPoint ?? input.taxPoint).toISOString(),
    content: { ...about, breakdown: [...(calculation?.breakdown ?? [])], untaxed: untaxedOf(decision, payment.amount) },
  };
  let before = 0;
  const reversals = inPlaces(moneyGone(payment), latest).flatMap(({ gone, place }): Wanted[] => {
    const { breakdown, untaxed, part } = reversal(decision, payment.amount, before, gone.amount);
    before += part;
    if (breakdown.length === 0 && untaxed === 0) return [];
    const source = { sourceKind: gone.kind, sourceId: gone.id } as const;
    const standing = standingOf(latest, source);
    const recognizedAt = standing?.moved.recognizedAt ?? gone.at.toISOString();
    return [{ ...source, place, recognizedAt, content: { ...about, saleRecognizedAt: sale.recognizedAt, breakdown, untaxed } }];
  });
  return [sale, ...reversals];
}

/** Those that stand keep their places; what is new comes behind them. What takes all that is left comes last. */
function inPlaces(all: readonly MoneyGone[], latest: ReadonlyMap<string, TaxMovement>): { gone: MoneyGone; place: number }[] {
  let next = Math.max(0, ...[...latest.values()].map(({ place }) => place));
  const placed = all.map((gone) => {
    const standing = standingOf(latest, { sourceKind: gone.kind, sourceId: gone.id });
    return { gone, place: standing?.place ?? ++next };
  });
  const takesRest = ({ amount }: MoneyGone): number => (amount === undefined ? 1 : 0);
  return placed.sort((a, b) => takesRest(a.gone) - takesRest(b.gone) || a.place - b.place);
}

/** What of the sale's tax goes back with an amount, when `before` of it went back already. */
function reversal(
  { calculation }: TaxVerdict,
  paid: number,
  before: number,
  amount: number | undefined,
): { breakdown: TaxMoved['breakdown']; untaxed: number; part: number } {
  const left = paid - before;
  const part = Math.min(amount ?? left, left);
  const beyond = amount === undefined ? 0 : amount - part;
  if (!calculation || part === 0) return { breakdown: [], untaxed: negative(part + beyond), part };
  const { breakdown, untaxed } = reverseTax(calculation, before, part);
  return { breakdown: [...breakdown], untaxed: untaxed + negative(beyond), part };
}

/** What of the sale is in no part of its breakdown. */
function untaxedOf({ calculation }: TaxVerdict, paid: number): number {
  return calculation ? negative(reverseTax(calculation, 0, paid).untaxed) : paid;
}

function negative(amount: number): number {
  return amount === 0 ? 0 : -amount;
}

function aboutOf({ calculation, configuration, input }: TaxVerdict): About {
  const { country: buyerCountry, type, vatId, vatIdStatus, consultationNumber } = input.buyer;
  const asGiven: TaxParties = {
    sellerCountry: configuration.settings.sellerCountry,
    buyerCountry,
    buyerType: type === 'business' ? 'B2B' : 'B2C',
    ...{ vatId, vatIdStatus, consultationNumber },
  };
  const { recognitionMode } = configuration.settings;
  return { parties: calculation?.parties ?? asGiven, evidence: calculation?.evidence, recognitionMode };
}

function movementOf(
  decision: TaxDecision,
  { id, scope, siteId, checkoutId, clientId, invoiceNumber, currency }: TaxedPayment,
  { sourceKind, sourceId, place, recognizedAt, content }: Wanted,
  before: TaxMovement | undefined,
): TaxMovement {
  const taxVersion = (before?.moved.taxVersion ?? 0) + 1;
  return {
    place,
    moved: plain({
      id: `${sourceKind}-${sourceId}-${taxVersion}`,
      organizationId: scope.organizationId,
      livemode: scope.livemode,
      ...{ siteId, sourceKind, sourceId, transactionId: id, checkoutId, clientId, invoiceNumber },
      ...{ taxVersion, recognizedAt, currency: decision.calculation?.currency ?? currency },
      ...content,
    }),
  };
}

function voided({ place, moved }: TaxMovement): TaxMovement {
  const { sourceKind, sourceId } = moved;
  const taxVersion = moved.taxVersion + 1;
  const id = `${sourceKind}-${sourceId}-${taxVersion}`;
  return { place, moved: Object.assign({}, moved, { id, taxVersion, voided: true, breakdown: [], untaxed: 0 }) };
}

function saysTheSame({ moved: before }: TaxMovement, { moved: after }: TaxMovement): boolean {
  const words = ({ id: _id, taxVersion: _taxVersion, ...rest }: TaxMoved): object => rest;
  return isDeepStrictEqual(words(before), words(after));
}

function standingOf(latest: ReadonlyMap<string, TaxMovement>, source: Source): TaxMovement | undefined {
  const found = latest.get(keyOf(source));
  return found?.moved.voided ? undefined : found;
}

/** The highest version of every source. */
function latestOf(told: readonly TaxMovement[]): Map<string, TaxMovement> {
  const latest = new Map<string, TaxMovement>();
  for (const movement of told) {
    const known = latest.get(keyOf(movement.moved));
    if (!known || known.moved.taxVersion < movement.moved.taxVersion) latest.set(keyOf(movement.moved), movement);
  }
  return latest;
}

function keyOf({ sourceKind, sourceId }: Source): string {
  return `${sourceKind}-${sourceId}`;
}

/** As it is stored and sent: without what is undefined. */
function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
