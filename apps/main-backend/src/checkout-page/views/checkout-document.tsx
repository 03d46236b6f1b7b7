import { leftPath, pagePath } from '../checkout-paths.js';
import type { CheckoutScreen, Order, PageFrame } from '../page-model.js';
import { Document } from './document.js';
import type { LanguageTarget } from './language-switch.js';
import { MerchantHeader, PageFooter } from './merchant-header.js';
import { OrderSummary } from './order-summary.js';
import { isPayable, PaymentFormView } from './payment-form.js';
import { StatusPanel } from './status-panel.js';

/** Without a script, the waiting page looks again by itself. */
const REFRESH_S = 15;

/** Screens that something outside this page can change: the provider, or the buyer in another tab. */
const WATCHED: readonly CheckoutScreen['kind'][] = ['open', 'pending', 'processing', 'transfer'];

/** Screens on which the order can still be paid. */
const PAYABLE: readonly CheckoutScreen['kind'][] = ['open', 'processing', 'fields', 'transfer'];

/** The page of one checkout in any of its states. */
export function CheckoutDocument({ frame, order, screen }: { frame: PageFrame; order: Order; screen: CheckoutScreen }) {
  const open = screen.kind === 'open';
  const summary = <OrderSummary frame={frame} order={order} payable={PAYABLE.includes(screen.kind)} />;
  // The order of reading is the order on the screen: first what is paid, except when there is news.
  return (
    <Document
      frame={frame}
      title={titleOf(frame, screen)}
      refresh={refreshOf(screen)}
      data={dataOf(order, screen)}
      script={screen.kind === 'fields' ? frame.assets.stripeElement : undefined}
    >
      <div class={open ? 'page' : 'page told'}>
        <MerchantHeader frame={frame} heading={open ? frame.messages.payTo(frame.merchant) : undefined} />
        {open && summary}
        <main class="card" id="main">
          {open ? (
            <PaymentFormView frame={frame} order={order} form={screen.form} notice={screen.notice} />
          ) : (
            <StatusPanel frame={frame} order={order} screen={screen} />
          )}
        </main>
        {!open && summary}
        <PageFooter frame={frame} payable={open} language={languageTarget(order, screen)} />
      </div>
    </Document>
  );
}

function titleOf({ messages, merchant }: PageFrame, screen: CheckoutScreen): string {
  switch (screen.kind) {
    case 'open':
      if (screen.form.problems.length > 0 || screen.form.choiceMissing) {
        return `${messages.problemsTitle(screen.form.problems.length + Number(screen.form.choiceMissing))} · ${merchant}`;
      }
      return screen.notice?.kind === 'failed' ? `${messages.attemptFailed} · ${merchant}` : messages.payTo(merchant);
    case 'paid':
      return `${messages.paid('').title} · ${merchant}`;
    case 'transfer':
      return `${messages.transfer('').title} · ${merchant}`;
    case 'fields':
      return `${messages.payHere.title} · ${merchant}`;
    case 'closed':
    case 'expired':
    case 'cancelled':
    case 'leaving':
    case 'left':
      return `${messages[screen.kind](merchant).title} · ${merchant}`;
    case 'processing':
    case 'handoff':
    case 'pending':
    case 'superseded':
      return `${messages[screen.kind].title} · ${merchant}`;
  }
}

/** Pages that lead on by themselves need no other language. */
function languageTarget({ shortCode }: Order, screen: CheckoutScreen): LanguageTarget | undefined {
  if (['handoff', 'leaving', 'fields'].includes(screen.kind)) return undefined;
  if (screen.kind === 'open') return isPayable(screen.form) ? { form: 'payment' } : { path: pagePath(shortCode) };
  return { path: screen.kind === 'left' ? leftPath(shortCode) : pagePath(shortCode) };
}

function refreshOf(screen: CheckoutScreen) {
  if (screen.kind === 'handoff' || screen.kind === 'leaving') return { seconds: 0, url: screen.url };
  if (screen.kind === 'pending') return { seconds: REFRESH_S, onlyWithoutScript: true };
  return undefined;
}

function dataOf(order: Order, screen: CheckoutScreen) {
  return {
    'data-screen': screen.kind,
    // What the status is compared with: two screens of ours show a checkout that stands at something else.
    ...(screen.kind === 'transfer' ? { 'data-state': screen.state } : {}),
    ...(WATCHED.includes(screen.kind) || (screen.kind === 'expired' && screen.undecided)
      ? { 'data-status-url': `/checkout/${order.shortCode}/status` }
      : {}),
  } as const;
}
