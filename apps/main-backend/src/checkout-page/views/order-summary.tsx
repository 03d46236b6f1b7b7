import { Money } from '@paygate/kernel';
import { formatInstant } from '../locale.js';
import type { Order, OrderLine, PageFrame } from '../page-model.js';

/** Longer orders fold the rest, so that a phone shows the form without much scrolling. */
const VISIBLE_LINES = 4;

export function OrderSummary({ frame, order, payable }: { frame: PageFrame; order: Order; payable: boolean }) {
  const { messages, locale } = frame;
  const total = Money.ofMinor(order.amount, order.currency);
  const discounts = order.lines.filter(isDiscount);
  const goods = order.lines.filter((line) => !isDiscount(line));
  // One more line would take no more room than the words "Show 1 more item".
  const visible = goods.length <= VISIBLE_LINES + 1 ? goods : goods.slice(0, VISIBLE_LINES);
  const folded = goods.slice(visible.length);
  return (
    <section class="summary" aria-labelledby="summary-title">
      <h2 id="summary-title" class="summary-title">
        {messages.orderSummary}
      </h2>
      <p class="amount">{total.format(locale)}</p>
      {goods.length > 0 && <Lines frame={frame} order={order} lines={visible} />}
      {folded.length > 0 && (
        <details class="more-lines">
          <summary>{messages.showAllItems(folded.length)}</summary>
          <Lines frame={frame} order={order} lines={folded} />
        </details>
      )}
      <dl class="totals">
        {discounts.length > 0 && <Row term={messages.subtotal} value={sumOf(goods, order.currency).format(locale)} />}
        {discounts.map((line) => (
          <Row term={line.name || messages.discount} value={lineTotal(line, order.currency).format(locale)} kind="discount" />
        ))}
        <Row term={messages.total} value={total.format(locale)} kind="total" />
      </dl>
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

function Row({ term, value, kind }: { term: string; value: string; kind?: 'discount' | 'total' }) {
  return (
    <div class={kind}>
      <dt>{term}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function isDiscount(line: OrderLine): boolean {
  return line.unitPrice < 0 || (line.itemType === 'discount' && line.unitPrice !== 0);
}

function lineTotal(line: OrderLine, currency: string): Money {
  return Money.ofMinor(line.unitPrice, currency).times(line.quantity);
}

function sumOf(lines: readonly OrderLine[], currency: string): Money {
  return lines.reduce((sum, line) => sum.plus(lineTotal(line, currency)), Money.zero(currency));
}
