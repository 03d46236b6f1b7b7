import { isCurrencyCode } from '@paygate/kernel';
import { isQuantity, lineTotal } from '../arithmetic/line-total.js';
import type { TaxInput, TaxLine } from '../tax-input.js';
import type { TaxProblem } from '../tax-result.js';

/**
 * What is wrong with the form of an input. It may come from anywhere, so nothing about its types is taken for granted.
 * @param instant its tax point, undefined when it is none
 */
export function checkInput(input: TaxInput, instant: number | undefined): TaxProblem[] {
  const problems: TaxProblem[] = [];
  const given = isRecord(input) ? input : ({} as Partial<TaxInput>);
  if (!isCurrencyCode(given.currency)) {
    problems.push({
      code: 'tax_currency_unsupported',
      field: 'currency',
      message: `Expected a currency of ISO 4217, got ${shown(given.currency)}.`,
    });
  }
  if (instant === undefined) {
    const message = `Expected an ISO 8601 date and time with its zone, e.g. 2026-03-02T12:00:00Z, got ${shown(given.taxPoint)}.`;
    problems.push({ code: 'tax_point_invalid', field: 'taxPoint', message });
  }
  problems.push(...placeProblems('buyer', given.buyer), ...(given.shipTo === undefined ? [] : placeProblems('shipTo', given.shipTo)));
  if (given.evidence !== undefined && !(Array.isArray(given.evidence) && given.evidence.every(isRecord))) {
    problems.push({ code: 'tax_evidence_insufficient', field: 'evidence', message: 'Expected a list of pieces {source, country}.' });
  }
  if (!Array.isArray(given.lines)) return [...problems, { code: 'tax_line_invalid', field: 'lines', message: 'Expected a list.' }];
  const ids = new Set<string>();
  let sum = 0;
  given.lines.forEach((line: TaxLine, index) => {
    const wrong = isRecord(line) ? lineProblem(line, ids) : (['', 'an object'] as const);
    if (wrong) {
      const [field, expected] = wrong;
      problems.push({ code: 'tax_line_invalid', field: `lines[${index}]${field && `.${field}`}`, message: `Expected ${expected}.` });
      return;
    }
    ids.add(line.id);
    sum += Math.abs(lineTotal(line));
  });
  if (sum > MAX_SUM)
    problems.push({ code: 'tax_line_invalid', field: 'lines', message: `Expected a sum of at most ${MAX_SUM} minor units.` });
  return problems;
}

const PLACE_FIELDS = ['country', 'region', 'postcode', 'vatId', 'company'] as const;

function placeProblems(field: string, place: unknown): TaxProblem[] {
  if (!isRecord(place)) return [{ code: 'tax_country_unknown', field, message: 'Expected an object.' }];
  const wrong = PLACE_FIELDS.filter((name) => place[name] !== undefined && typeof place[name] !== 'string');
  return wrong.map((name) => ({ code: 'tax_country_unknown', field: `${field}.${name}`, message: 'Expected a text.' }));
}

/** Twice as much, so that tax of 100 % on top is still exact. */
const MAX_SUM = Math.floor(Number.MAX_SAFE_INTEGER / 4);

type Unchecked = { readonly [Field in keyof TaxLine]?: unknown };

function lineProblem(line: Unchecked, ids: ReadonlySet<string>): readonly [field: string, expected: string] | undefined {
  const { id, itemType, quantity, unitPrice, amountType, discount, rate, statedRate, rateCode } = line;
  if (typeof id !== 'string' || id === '' || ids.has(id)) return ['id', 'a text that is unique in the document'];
  if (typeof itemType !== 'string' || itemType === '') return ['itemType', 'a text, e.g. goods or digital_service'];
  if (!isQuantity(quantity)) return ['quantity', 'a number with at most six decimals'];
  if (!isMinor(unitPrice)) return ['unitPrice', 'an integer of minor units'];
  if (amountType !== 'gross' && amountType !== 'net') return ['amountType', 'gross or net'];
  if (discount !== undefined && !(isMinor(discount) && discount >= 0)) return ['discount', 'an integer of minor units, 0 or more'];
  for (const [field, percent] of Object.entries({ rate, statedRate })) {
    if (percent !== undefined && !isPercent(percent)) return [field, 'a percentage from 0 to 100'];
  }
  if (rateCode !== undefined && (typeof rateCode !== 'string' || rateCode === '')) return ['rateCode', 'the code of a rate, e.g. reduced'];
  if (Math.abs(quantity * unitPrice) + (discount ?? 0) > MAX_SUM) return ['unitPrice', `an amount of at most ${MAX_SUM} minor units`];
  return undefined;
}

function isMinor(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function isPercent(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= 100;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  return typeof value === 'string' ? `“${value.slice(0, 40)}”` : value === undefined ? 'nothing' : typeof value;
}
