import { Money } from '@paygate/kernel';
import type { ComponentChildren } from 'preact';
import { formatInstant } from '../locale.js';
import type { CheckoutMessages, StateText } from '../messages/index.js';
import type { CheckoutScreen, Order, PageFrame, PaymentMethod } from '../page-model.js';

type Tone = 'good' | 'wait' | 'stop';

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
        <Panel tone="wait" text={messages.processing}>
          {screen.cancelFailed && <CancelFailed text={messages.cancelFailed} />}
          {screen.continueUrl && <LinkButton href={screen.continueUrl}>{messages.continuePayment}</LinkButton>}
          <form method="post" action={`/checkout/${order.shortCode}/cancel`}>
            <button class="button quiet" type="submit" name="then" value="choose">
              {messages.chooseAnother}
            </button>
          </form>
        </Panel>
      );
    case 'handoff':
      return (
        <Panel tone="wait" text={messages.handoff} busy>
          <LinkButton href={screen.url}>{messages.continuePayment}</LinkButton>
        </Panel>
      );
    case 'pending':
      return (
        <Panel tone="wait" text={messages.pending} busy>
          {screen.cancelFailed && <CancelFailed text={messages.cancelFailed} />}
          <p class="small">{messages.pendingClose}</p>
          <p class="small" role="status" aria-live="polite" data-status data-waiting={messages.stillWaiting} />
          {screen.returnUrl && <LinkButton href={screen.returnUrl}>{messages.returnTo(merchant)}</LinkButton>}
          <a class="button quiet" href={`/checkout/${order.shortCode}/return?transactionId=${screen.transactionId}`}>
            {messages.checkAgain}
          </a>
        </Panel>
      );
    case 'paid':
      return (
        <Panel tone="good" text={messages.paid(Money.ofMinor(order.amount, order.currency).format(frame.locale))}>
          <Receipt frame={frame} order={order} paidAt={screen.paidAt} method={screen.method} />
          {screen.returnUrl && <LinkButton href={screen.returnUrl}>{messages.returnTo(merchant)}</LinkButton>}
          <button class="button quiet" type="button" data-print hidden>
            {messages.print}
          </button>
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
        <Panel tone="stop" text={messages.expired(merchant)}>
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
          <LinkButton href={screen.newerUrl}>{messages.openNewer}</LinkButton>
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
          <LinkButton href={`/checkout/${order.shortCode}`}>{messages.backToCheckout}</LinkButton>
        </Panel>
      );
  }
}

interface PanelProps {
  readonly tone: Tone;
  readonly text: StateText;
  /** Something is going on: a quiet movement says so, unless the buyer asked for none. */
  readonly busy?: boolean;
  readonly children?: ComponentChildren;
}

export function Panel({ tone, text, busy = false, children }: PanelProps) {
  return (
    <section class={`panel ${tone}`} aria-labelledby="panel-title">
      <Icon tone={tone} busy={busy} />
      <h1 id="panel-title" tabIndex={-1} data-focus>
        {text.title}
      </h1>
      <p class="panel-text">{text.text}</p>
      <div class="actions">{children}</div>
    </section>
  );
}

function Icon({ tone, busy }: { readonly tone: Tone; readonly busy: boolean }) {
  const drawing = { good: 'M7 12.5l3.2 3.2L17 9', wait: 'M12 7v5.2l3.2 1.9', stop: 'M8 12h8' }[tone];
  return (
    <svg class={busy ? 'icon busy' : 'icon'} viewBox="0 0 24 24" width="48" height="48" aria-hidden="true">
      <circle cx="12" cy="12" r="10" />
      <path d={drawing} />
    </svg>
  );
}

function CancelFailed({ text }: { readonly text: string }) {
  return (
    <p class="notice error" role="alert">
      {text}
    </p>
  );
}

function LinkButton({ href, children }: { readonly href: string; readonly children: string }) {
  return (
    <a class="button" href={href} rel="noreferrer">
      {children}
    </a>
  );
}

function Receipt({
  frame,
  order,
  paidAt,
  method,
}: {
  frame: PageFrame;
  order: Order;
  paidAt: Date | undefined;
  method: PaymentMethod | undefined;
}) {
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
      {order.reference && (
        <div>
          <dt>{messages.reference}</dt>
          <dd>{order.reference}</dd>
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
