import { Money } from '@paygate/kernel';
import { failureReason } from '../messages/index.js';
import type { CheckoutMessages } from '../messages/index.js';
import type { Notice, Order, PageFrame, PaymentForm } from '../page-model.js';
import { addressFormat } from '../address/index.js';
import { methodsPath } from '../checkout-paths.js';
import { BillingFields } from './billing-fields.js';
import { problemText } from './field-words.js';
import { Methods } from './methods.js';

interface PaymentFormProps {
  readonly frame: PageFrame;
  readonly order: Order;
  readonly form: PaymentForm;
  readonly notice?: Notice;
}

/** A form makes sense: with ways to pay, or where another country has some. */
export function isPayable({ choices, elsewhere }: Pick<PaymentForm, 'choices' | 'elsewhere'>): boolean {
  return choices.length > 0 || elsewhere === true;
}

/** The form that pays: a plain HTML form, complete without a script. */
export function PaymentFormView({ frame, order, form, notice }: PaymentFormProps) {
  const { messages, locale, merchant } = frame;
  const amount = Money.ofMinor(order.amount, order.currency).format(locale);
  if (!isPayable(form)) {
    return (
      <section class="notice warning" role="alert">
        <h2>{messages.noMethod.title}</h2>
        <p>{messages.noMethod.text}</p>
      </section>
    );
  }
  return (
    <>
      {notice && <NoticeBox notice={notice} messages={messages} />}
      <ProblemSummary form={form} messages={messages} />
      <form
        class="payment"
        id="payment"
        method="post"
        action={`/checkout/${order.shortCode}/pay`}
        novalidate
        data-busy={messages.paying}
        data-slow={messages.payingSlowly}
        data-offline={messages.notSent}
      >
        <noscript>
          {/* The Enter key presses the first button there is: that must be the one that pays. */}
          <button class="visually-hidden" type="submit" tabIndex={-1} aria-hidden="true">
            {messages.pay(amount)}
          </button>
        </noscript>
        <BillingFields messages={messages} form={form} sessionPublicId={order.sessionPublicId} />
        <div id="methods" data-source={methodsPath(order.shortCode, messages.language)} data-changed={messages.methodsChanged}>
          <Methods messages={messages} form={form} />
        </div>
        <p class="visually-hidden" role="status" data-methods-news />
        <button class="button pay" type="submit" data-total data-total-text={messages.pay('{amount}')}>
          {messages.pay(amount)}
        </button>
        <p class="small slow" role="status" data-slow-note />
      </form>
      {form.canLeave && (
        <form class="leave" method="post" action={`/checkout/${order.shortCode}/cancel`}>
          <input type="hidden" name="language" value={messages.language} />
          <button class="link-button" type="submit" name="then" value="leave">
            {messages.cancelAndReturn(merchant)}
          </button>
        </form>
      )}
    </>
  );
}

/** All problems at once, each leading to its field; focused by the script, announced by screen readers. */
function ProblemSummary({ form, messages }: { readonly form: PaymentForm; readonly messages: CheckoutMessages }) {
  const format = addressFormat(form.values.country);
  const problems = form.problems.map((problem) => ({ href: `#${problem.field}`, text: problemText(messages, problem, format) }));
  if (form.choiceMissing) problems.push({ href: '#provider-0', text: messages.methodMissing });
  if (problems.length === 0) return null;
  return (
    <section class="notice error" role="alert" tabIndex={-1} data-focus aria-labelledby="problems-title">
      <h2 id="problems-title">{messages.problemsTitle(problems.length)}</h2>
      <ul>
        {problems.map(({ href, text }) => (
          <li>
            <a href={href}>{text}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function NoticeBox({ notice, messages }: { readonly notice: Notice; readonly messages: CheckoutMessages }) {
  const { kind, title, text } = noticeText(notice, messages);
  return (
    <section class={`notice ${kind}`} role="alert" tabIndex={-1} data-focus aria-labelledby="notice-title">
      <h2 id="notice-title">{title}</h2>
      {text.map((sentence) => (
        <p>{sentence}</p>
      ))}
    </section>
  );
}

function noticeText(notice: Notice, messages: CheckoutMessages): { kind: string; title: string; text: string[] } {
  switch (notice.kind) {
    case 'failed':
      return { kind: 'error', title: messages.attemptFailed, text: [failureText(notice.code, messages), messages.tryAgain] };
    case 'cancelled':
      return { kind: 'info', title: messages.attemptCancelled, text: [messages.stillOpen] };
    case 'unavailable':
      return { kind: 'error', title: messages.unavailable.title, text: [messages.unavailable.text] };
    case 'whereabouts':
      return { kind: 'error', title: messages.whereabouts.title, text: [messages.whereabouts.text] };
  }
}

function failureText(code: string | undefined, messages: CheckoutMessages): string {
  const reason = failureReason(code);
  return reason === undefined ? messages.failureUnknown : messages.failures[reason];
}
