import type { TransactionTaxDecision } from '@paygate/messages';
import type { TaxDecision, TaxMovement } from '../transaction-taxes/index.js';
import type { TransactionRecord } from '../transactions/index.js';

/** A decision as other services see it. */
export function presentDecision(
  { id: transactionId, siteId, scope, currency, amount }: TransactionRecord,
  decision: Omit<TaxDecision, 'scope' | 'transactionId'>,
  movements: readonly TaxMovement[],
): TransactionTaxDecision {
  const { origin, version, calculatedAt, calculation, problems, input, configuration, configurationRevision } = decision;
  return {
    ...{ transactionId, siteId, livemode: scope.livemode, currency, amount, origin, version },
    ...{ calculatedAt: calculatedAt.toISOString(), calculation, problems: problems && [...problems] },
    ...{ input, configuration, configurationRevision, movements: movements.map(({ moved }) => moved) },
  };
}
