import { Money } from '@paygate/kernel';
import { inLanguage } from '../checkout-paths.js';
import type { CheckoutScreen, Order, PageFrame } from '../page-model.js';
import { BankTransferPanel } from './bank-transfer.js';
import { ChooseAnother, LinkButton, Panel, Waiting } from './panel.js';
import { PaymentFacts } from './payment-facts.js';
import { ProviderFields } from './provider-fields.js';

/** Every screen but the form: an icon, a title, what happened, what to do. */
export function StatusPanel({
  frame,
  order,
  screen,
}: {
  frame: PageFrame;
  order: Order;
  screen: Exclude<CheckoutScreen, { kind: 'open' }>;
}) {
  const { messages, merchant } = frame;
  switch (screen.kind) {
    case 'processing':
      return (
        <Panel
          tone="wait"
          text={screen.unanswered ? { ...messages.processing, text: messages.unanswered } : messages.processing}
          busy={screen.unanswered}
        >
          {screen.cancelFailed && <CancelFailed text={messages.cancelFailed} />}
          <Waiting frame={frame} />
          {screen.continueUrl && <LinkButton href={inLanguage(screen.continueUrl, frame)}>{messages.continuePayment}</LinkButton>}
          <ChooseAnother frame={frame} order={order} />
        </Panel>
      );
    case 'handoff':
      return (
        <Panel tone="wait" text={messages.handoff} busy>
          <LinkButton href={screen.url}>{messages.continuePayment}</LinkButton>
        </Panel>
      );
    case 'fields':
      return <ProviderFields frame={frame} order={order} screen={screen} />;
    case 'transfer':
      return <BankTransferPanel frame={frame} order={order} screen={screen} />;
    case 'pending':
      return (
        <Panel tone="wait" text={screen.transferUrl ? { ...messages.pending, text: messages.transferNote } : messages.pending} busy>
          {screen.cancelFailed && <CancelFailed text={messages.cancelFailed} />}
          {!screen.transferUrl && <p class="small">{messages.pendingClose}</p>}
          <Waiting frame={frame} />
          {screen.returnUrl && <LinkButton href={screen.returnUrl}>{messages.returnTo(merchant)}</LinkButton>}
          {screen.transferUrl && (
            <a class="button quiet" href={inLanguage(screen.transferUrl, frame)}>
              {messages.showTransfer}
            </a>
          )}
          <a class="button quiet" href={`/checkout/${order.shortCode}/return?transactionId=${screen.transactionId}`}>
            {messages.checkAgain}
          </a>
        </Panel>
      );
    case 'paid':
      return (
        <Panel tone="good" text={messages.paid(Money.ofMinor(order.amount, order.currency).format(frame.locale))}>
          <PaymentFacts frame={frame} reference={order.reference} paidAt={screen.paidAt} method={screen.method} />
          {screen.returnUrl && <LinkButton href={screen.returnUrl}>{messages.returnTo(merchant)}</LinkButton>}
          {screen.receiptUrl && (
            <a class="button quiet" href={inLanguage(screen.receiptUrl, frame)}>
              {messages.showReceipt}
            </a>
          )}
        </Panel>
      );
    case 'closed':
      return (
        <Panel tone="stop" text={messages.closed(merchant)}>
          {screen.shopUrl && <LinkButton href={screen.shopUrl}>{messages.returnTo(merchant)}</LinkButton>}
        </Panel>
      );
    case 'expired':
      return (
        <Panel tone="stop" text={screen.undecided ? messages.expiredUndecided(merchant) : messages.expired(merchant)}>
          {screen.shopUrl && <LinkButton href={screen.shopUrl}>{messages.returnTo(merchant)}</LinkButton>}
        </Panel>
      );
    case 'cancelled':
      return (
        <Panel tone="stop" text={messages.cancelled(merchant)}>
          {screen.shopUrl && <LinkButton href={screen.shopUrl}>{messages.returnTo(merchant)}</LinkButton>}
        </Panel>
      );
    case 'superseded':
      return (
        <Panel tone="stop" text={messages.superseded}>
          <LinkButton href={inLanguage(screen.newerUrl, frame)}>{messages.openNewer}</LinkButton>
        </Panel>
      );
    case 'leaving':
      return (
        <Panel tone="wait" text={messages.leaving(merchant)} busy>
          <LinkButton href={screen.url}>{messages.continueTo(merchant)}</LinkButton>
        </Panel>
      );
    case 'left':
      return (
        <Panel tone="stop" text={messages.left(merchant)}>
          <LinkButton href={inLanguage(`/checkout/${order.shortCode}`, frame)}>{messages.backToCheckout}</LinkButton>
        </Panel>
      );
  }
}

function CancelFailed({ text }: { readonly text: string }) {
  return (
    <p class="notice error" role="alert">
      {text}
    </p>
  );
}
