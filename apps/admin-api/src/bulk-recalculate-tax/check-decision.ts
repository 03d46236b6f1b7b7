import { isDeepStrictEqual } from 'node:util';
import type { TransactionTaxDecision } from '@paygate/messages';
import { TaxEngine } from '@paygate/tax';
import type { RebuildProblem } from './tax-rebuild.js';

/** Calculates from the snapshot once more: the same input under the same configuration must give the same. */
export function checkDecision(decision: TransactionTaxDecision): RebuildProblem[] {
  const { transactionId, origin, input, configuration, calculation } = decision;
  if (origin !== 'calculated' || !calculation) return [];
  const outcome = new TaxEngine(configuration).calculate(input);
  if (!outcome.ok) {
    const what = outcome.problems.map(({ code, field }) => `${code} (${field})`).join(', ');
    return [{ transactionId, code: 'calculation_refused', message: `Calculated again, the sale is refused: ${what}.` }];
  }
  const again = plain(outcome.calculation);
  const before = plain(calculation);
  const differing = Object.keys({ ...before, ...again }).filter((field) => !isDeepStrictEqual(before[field], again[field]));
  if (differing.length === 0) return [];
  const described = differing.map((field) => `${field} ${brief(before[field])} → ${brief(again[field])}`).join('; ');
  return [{ transactionId, code: 'calculation_differs', message: `Calculated again, the tax is another: ${described}.` }];
}

/** As it is after a journey as JSON. */
function plain(value: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
}

function brief(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined ? 'nothing' : text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
