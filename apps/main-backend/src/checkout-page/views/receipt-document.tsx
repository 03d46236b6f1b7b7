import { Money } from '@paygate/kernel';
import { receiptPath } from '../checkout-paths.js';
import type { Order, PageFrame, PaidPayment } from '../page-model.js';
import { Document } from './document.js';
import { MerchantHeader, PageFooter } from './merchant-header.js';
import { lineTotal } from './order-lines.js';
import { PaymentFacts } from './payment-facts.js';
import { taxRows } from './tax-rows.js';

interface ReceiptProps {
  readonly frame: PageFrame;
  readonly order: Order;
  readonly payment: PaidPayment;
}

/** What was paid to whom, to be printed or kept as a file. Nothing of the buyer: whoever has the link may see it. */
export function ReceiptDocument({ frame, order, payment }: ReceiptProps) {
  const { messages, merchant } = frame;
  return (
    <Document frame={frame} title={messages.receiptOf(merchant)} data={{ 'data-screen': 'receipt' }}>
      <div class="page paper">
        <MerchantHeader frame={frame} />
        <main class="card" id="main">
          <h1 class="paper-title">{messages.receiptOf(merchant)}</h1>
          <PaymentFacts frame={frame} reference={order.reference} {...factsOf(payment)} />
          <Lines frame={frame} order={order} />
          <Totals frame={frame} order={order} payment={payment} />
          <p class="small">{messages.receiptNote}</p>
          <button class="button quiet" type="button" data-print hidden>
            {messages.print}
          </button>
        </main>
        <PageFooter frame={frame} language={{ path: receiptPath(order.shortCode) }} />
      </div>
    </Document>
  );
}

function factsOf({ paidAt, method, transactionId }: PaidPayment) {
  return { paidAt, method, transactionId };
}

function Lines({ frame: { messages, locale }, order }: Pick<ReceiptProps, 'frame' | 'order'>) {
  const lines = order.lines.filter((line) => line.itemType !== 'tax');
  if (lines.length === 0) return null;
  const quantities = new Intl.NumberFormat(locale);
  return (
    <table class="paper-lines">
      <thead>
        <tr>
          <th scope="col">{messages.item}</th>
          <th scope="col">{messages.count}</th>
          <th scope="col">{messages.unitPrice}</th>
          <th scope="col">{messages.amount}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr>
            <th scope="row">
              {line.name}
              {line.description && line.description !== line.name && <span class="line-detail">{line.description}</span>}
            </th>
            <td>{quantities.format(line.quantity)}</td>
            <td>{Money.ofMinor(line.unitPrice, order.currency).format(locale)}</td>
            <td>{lineTotal(line, order.currency).format(locale)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Totals({ frame, order, payment }: ReceiptProps) {
  const { messages, locale } = frame;
  const money = (minor: number): string => Money.ofMinor(minor, order.currency).format(locale);
  const { tax } = order;
  return (
    <dl class="totals">
      {tax.taxBreakdown.length > 0 && (
        <div>
          <dt>{messages.net}</dt>
          <dd>{money(tax.totalNet)}</dd>
        </div>
      )}
      {taxRows(frame, { ...order, tax: { ...tax, taxIncluded: false } }).map(({ label, amount }) => (
        <div>
          <dt>{label}</dt>
          <dd>{amount}</dd>
        </div>
      ))}
      <div class="total">
        <dt>{messages.total}</dt>
        <dd>{money(order.amount)}</dd>
      </div>
      {payment.refundedAmount > 0 && (
        <div>
          <dt>{messages.refunded}</dt>
          <dd>{money(-payment.refundedAmount)}</dd>
        </div>
      )}
    </dl>
  );
}
