import { allocateInProportion } from '../arithmetic/exact.js';
import { areOneKind, compareKinds } from '../decision/decided.js';
import type { Decided } from '../decision/decided.js';
import type { Amount } from './amounts.js';

/** A line that is to be taxed, or a discount on the whole. */
export interface Spreadable {
  readonly id: string;
  readonly total: number;
  readonly isGross: boolean;
  /** Absent for a discount that lowers everything else. */
  readonly decision?: Decided;
}

/**
 * A discount that names no rate lowers the whole order: it is spread over everything else by value, to the last cent. Its parts take
 * over the decision of what they lower.
 * @param alone what becomes of a discount when there is nothing to lower
 */
export function spreadDiscounts(lines: readonly Spreadable[], alone: (line: Spreadable) => Decided | undefined): Amount[] {
  const amounts: Amount[] = [];
  const discounts: Spreadable[] = [];
  for (const { id, total, isGross, decision } of lines) {
    if (decision) amounts.push({ id, total, isGross, decision });
    else discounts.push({ id, total, isGross });
  }
  if (discounts.length === 0) return amounts;
  const kinds = kindsOf(amounts);
  for (const discount of discounts) amounts.push(...partsOf(discount, kinds, alone));
  return amounts;
}

interface Kind {
  readonly decision: Decided;
  /** Kinds come in an order of their own, which breaks ties. */
  key: string;
  weight: number;
}

function kindsOf(amounts: readonly Amount[]): Kind[] {
  const kinds: Kind[] = [];
  for (const { decision, total } of amounts) {
    const kind = kinds.find((one) => areOneKind(one.decision, decision));
    if (kind) kind.weight += total;
    else kinds.push({ decision, key: '', weight: total });
  }
  const lowered = kinds.filter(({ weight }) => weight > 0).sort((a, b) => compareKinds(a.decision, b.decision));
  lowered.forEach((kind, index) => (kind.key = String(index).padStart(6, '0')));
  return lowered;
}

function partsOf(discount: Spreadable, kinds: readonly Kind[], alone: (line: Spreadable) => Decided | undefined): Amount[] {
  const { id, total, isGross } = discount;
  if (kinds.length === 0) {
    const decision = alone(discount);
    return decision ? [{ id, total, isGross, decision }] : [];
  }
  return allocateInProportion(total, kinds).flatMap((part, index) => {
    const decision = kinds[index]?.decision;
    return decision && (part !== 0 || kinds.length === 1) ? [{ id, total: part, isGross, decision: lowering(decision) }] : [];
  });
}

function lowering(decision: Decided): Decided {
  return { ...decision, explain: ['A discount on the whole, spread by value over what it lowers.', ...decision.explain] };
}
