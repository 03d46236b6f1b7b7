import { Money } from '@paygate/kernel';
import type { TaxShare } from '@paygate/tax';
import type { Order, PageFrame } from '../page-model.js';

interface TaxRow {
  readonly label: string;
  readonly amount: string;
}

/** The tax of an order, rate by rate. */
export function taxRows({ messages, locale }: PageFrame, { tax, currency }: Pick<Order, 'tax' | 'currency'>): TaxRow[] {
  const label = tax.taxIncluded ? messages.taxIncluded : messages.tax;
  return tax.taxBreakdown.map((share) => ({
    label: label(percentText(share, locale)),
    amount: Money.ofMinor(share.taxAmount, currency).format(locale),
  }));
}

export function percentText({ taxRate }: Pick<TaxShare, 'taxRate'>, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 3 }).format(taxRate / 100);
}

/** What the page's script needs to write the same rows when the tax changes. */
export function taxRowTemplates({ messages, locale }: PageFrame, { currency, sessionPublicId }: Order) {
  return {
    'data-tax-url': `/api/v1/checkouts/${encodeURIComponent(sessionPublicId)}/tax-preview`,
    'data-locale': locale,
    'data-currency': currency,
    'data-digits': String(Money.zero(currency).toDecimal().split('.')[1]?.length ?? 0),
    'data-tax-added': messages.tax('{rate}'),
    'data-tax-included': messages.taxIncluded('{rate}'),
    'data-tax-changed': messages.taxChanged('{tax}', '{total}'),
  } as const;
}
