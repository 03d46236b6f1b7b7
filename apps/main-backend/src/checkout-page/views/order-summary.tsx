import { Money } from '@paygate/kernel';
import { formatInstant } from '../instants.js';
import type { Order, OrderLine, PageFrame } from '../page-model.js';
import { lineTotal, sortLines, sumOf } from './order-lines.js';
import { taxRows, taxRowTemplates } from './tax-rows.js';

/** Longer orders fold the rest, so that a phone shows the form without much scrolling. */
const VISIBLE_LINES = 4;

export function OrderSummary({ frame, order, payable }: { frame: PageFrame; order: Order; payable: boolean }) {
  const { messages, locale } = frame;
  const total = Money.ofMinor(order.amount, order.currency);
  const { goods, discounts } = sortLines(order);
  // One more line would take no more room than the words "Show 1 more item".
  const visible = goods.length <= VISIBLE_LINES + 1 ? goods : goods.slice(0, VISIBLE_LINES);
  const folded = goods.slice(visible.length);
  const tax = taxRows(frame, order);
  const added = order.tax.taxIncluded ? [] : tax;
  const included = order.tax.taxIncluded ? tax : [];
  return (
    <section class="summary" aria-labelledby="summary-title">
      <h2 id="summary-title" class="summary-title">
        {messages.orderSummary}
      </h2>
      <p class="amount" data-total>
        {total.format(locale)}
      </p>
      {goods.length > 0 && <Lines frame={frame} order={order} lines={visible} />}
      {folded.length > 0 && (
        <details class="more-lines">
          <summary>{messages.showAllItems(folded.length)}</summary>
          <Lines frame={frame} order={order} lines={folded} />
        </details>
      )}
      <div class="totals" {...(payable ? taxRowTemplates(frame, order) : {})}>
        <dl>
          {(discounts.length > 0 || added.length > 0) && (
            <Row term={messages.subtotal} value={sumOf(goods, order.currency).format(locale)} />
          )}
          {discounts.map((line) => (
            <Row term={line.name || messages.discount} value={lineTotal(line, order.currency).format(locale)} kind="discount" />
          ))}
          {added.map(({ label, amount }) => (
            <Row term={label} value={amount} kind="tax" />
          ))}
          <Row term={messages.total} value={total.format(locale)} kind="total" />
          {included.map(({ label, amount }) => (
            <Row term={label} value={amount} kind="tax included" />
          ))}
        </dl>
        {payable && <p class="visually-hidden" role="status" data-tax-news />}
      </div>
      {payable && (
        <dl class="facts">
          {order.reference && <Row term={messages.reference} value={order.reference} />}
          <div>
            <dt>{messages.expires}</dt>
            <dd>
              <time datetime={order.expiresAt.toISOString()} data-local={locale}>
                {formatInstant(order.expiresAt, locale)}
              </time>
            </dd>
          </div>
        </dl>
      )}
    </section>
  );
}

function Lines({ frame, order, lines }: { frame: PageFrame; order: Order; lines: readonly OrderLine[] }) {
  const { messages, locale } = frame;
  const quantities = new Intl.NumberFormat(locale);
  return (
    <ul class="lines">
      {lines.map((line) => (
        <li class="line">
          <div class="line-text">
            <span class="line-name">{line.name}</span>
            {line.description && line.description !== line.name && <span class="line-detail">{line.description}</span>}
            {line.quantity !== 1 && (
              <span class="line-detail">
                {messages.quantity(quantities.format(line.quantity), Money.ofMinor(line.unitPrice, order.currency).format(locale))}
              </span>
            )}
          </div>
          <span class="line-price">{lineTotal(line, order.currency).format(locale)}</span>
        </li>
      ))}
    </ul>
  );
}

type RowKind = 'discount' | 'tax' | 'tax included' | 'total';

function Row({ term, value, kind }: { term: string; value: string; kind?: RowKind }) {
  return (
    <div class={kind}>
      <dt>{term}</dt>
      <dd data-total={kind === 'total' ? true : undefined}>{value}</dd>
    </div>
  );
}
