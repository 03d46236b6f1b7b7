import { Money } from '@paygate/kernel';
import { spacedReference } from '@paygate/payments-domain';
import type { CheckoutMessages } from '../messages/index.js';
import type { CheckoutScreen, Order, PageFrame } from '../page-model.js';
import { ChooseAnother, LinkButton, Waiting } from './panel.js';
import { TransferCode } from './transfer-code.js';

interface BankTransferProps {
  readonly frame: PageFrame;
  readonly order: Order;
  readonly screen: Extract<CheckoutScreen, { kind: 'transfer' }>;
}

interface TransferFact {
  readonly term: string;
  readonly shown: string;
  /** What banking forms want: without the blanks that help reading. */
  readonly copied: string;
}

/** What the buyer types into a banking app: where to, how much, and the reference by which the money is recognized. */
export function BankTransferPanel({ frame, order, screen }: BankTransferProps) {
  const { messages, merchant, locale } = frame;
  const amount = Money.ofMinor(order.amount, order.currency);
  const { title, text } = messages.transfer(amount.format(locale));
  const { transfer } = screen;
  const facts = [...accountFacts(messages, transfer), fact(messages.amount, amount.format(locale), amount.toDecimal())];
  return (
    <section class="transfer" aria-labelledby="panel-title">
      <h1 id="panel-title" class="fields-title" tabIndex={-1} data-focus>
        {title}
      </h1>
      <p class="small">{text}</p>
      <dl class="receipt transfer-facts">
        {facts.map(({ term, shown, copied }) => (
          <div>
            <dt>{term}</dt>
            <dd>
              <span>{shown}</span>
              <button
                class="copy"
                type="button"
                hidden
                data-copy={copied}
                data-copied={messages.copied}
                aria-label={`${messages.copy}: ${term}`}
              >
                {messages.copy}
              </button>
            </dd>
          </div>
        ))}
      </dl>
      {transfer.epcText && <TransferCode text={transfer.epcText} label={messages.scanToPay} />}
      {transfer.instructions && <p class="instructions">{transfer.instructions}</p>}
      <p class="small">{messages.transferNote}</p>
      <Waiting frame={frame} />
      <div class="actions">
        {screen.returnUrl && <LinkButton href={screen.returnUrl}>{messages.returnTo(merchant)}</LinkButton>}
        <button class="button quiet" type="button" data-print hidden>
          {messages.print}
        </button>
        <ChooseAnother frame={frame} order={order} />
      </div>
    </section>
  );
}

function accountFacts(messages: CheckoutMessages, transfer: BankTransferProps['screen']['transfer']): TransferFact[] {
  const { accountHolder, iban, bic, accountNumber, routingNumber, bankName, reference } = transfer;
  return [
    fact(messages.accountHolder, accountHolder),
    ...(iban === undefined ? [] : [fact('IBAN', iban.replaceAll(/(.{4})(?=.)/g, '$1 '), iban)]),
    ...(bic === undefined ? [] : [fact('BIC', bic)]),
    ...(accountNumber === undefined ? [] : [fact(messages.accountNumber, accountNumber)]),
    ...(routingNumber === undefined ? [] : [fact(messages.routingNumber, routingNumber)]),
    ...(bankName === undefined ? [] : [fact(messages.bankName, bankName)]),
    fact(messages.transferReference, spacedReference(reference), reference),
  ];
}

function fact(term: string, shown: string, copied = shown): TransferFact {
  return { term, shown, copied };
}
