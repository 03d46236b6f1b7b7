import type { TransactionFigures } from '@paygate/messages';
import { isPaid, TRANSACTION_STATUSES } from '@paygate/payments-domain';
import type { AttemptsResponse, CurrencyFiguresResponse, TopProviderResponse, VolumeResponse } from './dto/dashboard.response.js';

const MOST_PROVIDERS = 5;
const NO_VOLUME: VolumeResponse = { payments: 0, grossVolume: 0, refunded: 0, netRevenue: 0 };

/** What succeeded, by currency; also currencies that only the earlier period has. */
export function volumes(now: TransactionFigures, before: TransactionFigures): CurrencyFiguresResponse[] {
  const [current, previous] = [volumeByCurrency(now), volumeByCurrency(before)];
  return [...new Set([...current.keys(), ...previous.keys()])]
    .map((currency) => Object.assign({ currency, previous: previous.get(currency) ?? NO_VOLUME }, current.get(currency) ?? NO_VOLUME))
    .sort((a, b) => b.payments - a.payments || a.currency.localeCompare(b.currency));
}

export function attempts(now: TransactionFigures, before: TransactionFigures): AttemptsResponse {
  const count = ({ byStatus }: TransactionFigures, wanted?: string): number =>
    byStatus.reduce((sum, { status, count: number }) => sum + (wanted === undefined || status === wanted ? number : 0), 0);
  return {
    total: count(now),
    previousTotal: count(before),
    byStatus: TRANSACTION_STATUSES.map((status) => ({ status, count: count(now, status), previous: count(before, status) })),
    failureRatio: failureRatio(now),
    previousFailureRatio: failureRatio(before),
  };
}

export function topProviders({ byProvider }: TransactionFigures): TopProviderResponse[] {
  return byProvider
    .map(({ providerId, providerType, currency, count, amount }) => ({
      ...{ providerId, providerType, currency },
      ...{ payments: count, grossVolume: amount },
    }))
    .sort((a, b) => b.payments - a.payments || b.grossVolume - a.grossVolume)
    .slice(0, MOST_PROVIDERS);
}

function volumeByCurrency({ byStatus }: TransactionFigures): Map<string, VolumeResponse> {
  const volumes = new Map<string, VolumeResponse>();
  for (const { status, currency, count, amount, refundedAmount } of byStatus) {
    if (!isPaid(status)) continue;
    const sum = volumes.get(currency) ?? NO_VOLUME;
    const [grossVolume, refunded] = [sum.grossVolume + amount, sum.refunded + refundedAmount];
    volumes.set(currency, { payments: sum.payments + count, grossVolume, refunded, netRevenue: grossVolume - refunded });
  }
  return volumes;
}

/** Cancelled and undecided attempts say nothing about how well payments work. */
function failureRatio({ byStatus }: TransactionFigures): number | null {
  let [failed, decided] = [0, 0];
  for (const { status, count } of byStatus) {
    if (status === 'failed') failed += count;
    if (status === 'failed' || isPaid(status)) decided += count;
  }
  return decided === 0 ? null : Math.round((failed / decided) * 10_000) / 10_000;
}
