import { Money } from '@paygate/kernel';
import { returnPath } from '../checkout-paths.js';
import type { CheckoutScreen, Order, PageFrame } from '../page-model.js';
import { ChooseAnother } from './panel.js';

interface ProviderFieldsProps {
  readonly frame: PageFrame;
  readonly order: Order;
  readonly screen: Extract<CheckoutScreen, { kind: 'fields' }>;
}

/** The place for fields of the provider. `stripe-element.js` fills it from the data attributes; our server sees nothing of them. */
export function ProviderFields({ frame, order, screen }: ProviderFieldsProps) {
  const { messages, locale } = frame;
  const { publishableKey, clientSecret, accountId } = screen.element;
  const amount = Money.ofMinor(order.amount, order.currency).format(locale);
  return (
    <section class="fields" aria-labelledby="panel-title">
      <h1 id="panel-title" class="fields-title" tabIndex={-1} data-focus>
        {messages.payHere.title}
      </h1>
      <p class="small">{messages.payHere.text}</p>
      <noscript>
        <p class="notice warning">{messages.needsScript}</p>
      </noscript>
      <form
        id="provider-fields"
        data-publishable-key={publishableKey}
        data-client-secret={clientSecret}
        data-account={accountId}
        data-locale={messages.language}
        data-name={screen.buyer?.name}
        data-email={screen.buyer?.email}
        data-country={screen.buyer?.country}
        data-postcode={screen.buyer?.postcode}
        data-return={returnPath(order.shortCode, screen.transactionId)}
        data-busy={messages.paying}
        data-failed={messages.fieldsFailed}
        data-refused={messages.failureUnknown}
      >
        <div class="provider-element" data-element />
        <p class="small" role="status" data-loading>
          {messages.loadingFields}
        </p>
        <p class="notice error" role="alert" data-problem hidden />
        <button class="button pay" type="submit" disabled>
          {messages.pay(amount)}
        </button>
      </form>
      <ChooseAnother frame={frame} order={order} />
    </section>
  );
}
