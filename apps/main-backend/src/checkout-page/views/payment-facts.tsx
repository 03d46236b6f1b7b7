import { formatInstant } from '../instants.js';
import type { CheckoutMessages } from '../messages/index.js';
import type { PageFrame, PaymentMethod } from '../page-model.js';

interface PaymentFactsProps {
  readonly frame: PageFrame;
  readonly reference: string | undefined;
  readonly paidAt: Date | undefined;
  readonly method: PaymentMethod | undefined;
  readonly transactionId?: string;
}

/** When and how was paid. Nothing of the buyer: whoever has the link may see it. */
export function PaymentFacts({ frame, reference, paidAt, method, transactionId }: PaymentFactsProps) {
  const { messages, locale } = frame;
  const paidWith = method && methodText(method, messages);
  return (
    <dl class="receipt">
      {paidAt && (
        <div>
          <dt>{messages.paidOn}</dt>
          <dd>
            <time datetime={paidAt.toISOString()} data-local={locale}>
              {formatInstant(paidAt, locale)}
            </time>
          </dd>
        </div>
      )}
      {paidWith && (
        <div>
          <dt>{messages.paidWith}</dt>
          <dd>{paidWith}</dd>
        </div>
      )}
      {reference && (
        <div>
          <dt>{messages.reference}</dt>
          <dd>{reference}</dd>
        </div>
      )}
      {transactionId && (
        <div>
          <dt>{messages.transaction}</dt>
          <dd>{transactionId}</dd>
        </div>
      )}
    </dl>
  );
}

function methodText(method: PaymentMethod, messages: CheckoutMessages): string | undefined {
  if (!method.last4) return method.brand;
  if (method.type === 'bank_debit') return messages.paidWithBankDebit(method.last4);
  return method.brand ? messages.paidWithCard(method.brand, method.last4) : undefined;
}
