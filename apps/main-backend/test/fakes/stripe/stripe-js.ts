import type { Page, Route } from 'playwright-core';
import type { Deed, StripeAccountState } from './stripe-account.js';

/** What the page has asked of Stripe.js. */
export interface StripeJsRecord {
  readonly key: string;
  readonly options: { locale?: string };
  readonly elements: { clientSecret: string; appearance: { theme: string; disableAnimations: boolean; variables: Record<string, string> } };
  readonly payment: { wallets: object; defaultValues: { billingDetails: object } };
  readonly updates: { appearance: { theme: string } }[];
  readonly returnUrls: string[];
}

/**
 * Stripe.js as its documentation describes it, reduced to what a page can see: the element is a frame from js.stripe.com,
 * confirming goes to api.stripe.com, a challenge is shown in a frame from hooks.stripe.com. It runs in the page, so it lives
 * under the page's content policy like the real one.
 */
function stripeJs(): void {
  const frame = (url: string): Promise<void> =>
    new Promise((resolve) => {
      const element = document.createElement('iframe');
      element.title = url;
      element.allow = 'payment *';
      element.src = url;
      element.addEventListener('load', () => resolve());
      (document.querySelector('[data-element]') ?? document.body).append(element);
    });
  const confirm = async (key: string, clientSecret: string) => {
    const [id] = clientSecret.split('_secret_');
    const body = new URLSearchParams({ key, client_secret: clientSecret });
    const answer = await fetch(`https://api.stripe.com/v1/payment_intents/${id ?? ''}/confirm`, { method: 'POST', body });
    return (await answer.json()) as { status?: string; error?: object };
  };
  const Stripe = (key: string, options: object) => {
    const record = { key, options, updates: [] as object[], returnUrls: [] as string[], elements: {}, payment: {} };
    Object.assign(window, { stripeJsRecord: record });
    return {
      elements(given: { clientSecret: string }) {
        record.elements = given;
        const handlers = new Map<string, () => void>();
        return {
          clientSecret: given.clientSecret,
          update: (changes: object) => record.updates.push(changes),
          create(_kind: string, details: object) {
            record.payment = details;
            return {
              on: (event: string, then: () => void) => handlers.set(event, then),
              mount: () => void frame('https://js.stripe.com/endive/elements.html').then(() => handlers.get('ready')?.()),
            };
          },
        };
      },
      async confirmPayment(given: { elements: { clientSecret: string }; confirmParams: { return_url: string } }) {
        const { clientSecret } = given.elements;
        record.returnUrls.push(given.confirmParams.return_url);
        let intent = await confirm(key, clientSecret);
        if (intent.status === 'requires_action') {
          await frame('https://hooks.stripe.com/3d_secure_2/authenticate.html');
          intent = await confirm(key, clientSecret);
        }
        if (intent.error) return { error: intent.error };
        window.location.assign(given.confirmParams.return_url);
        return new Promise(() => undefined);
      },
    };
  };
  Object.assign(window, { Stripe });
}

/** Stripe's side of a browser: what it serves, and what buyers do in the element, one deed per confirmation. */
export class FakeStripeJs {
  private readonly deeds: (Deed | 'is_unreachable')[] = [];

  constructor(
    private readonly state: StripeAccountState,
    private readonly publishableKey: string,
  ) {}

  /** The next confirmations end so. */
  buyer(...deeds: (Deed | 'is_unreachable')[]): void {
    this.deeds.push(...deeds);
  }

  async serve(page: Page): Promise<void> {
    const html = '<!doctype html><title>frame of the provider</title>';
    await page.route('https://js.stripe.com/**', (route) => route.fulfill({ contentType: 'text/html', body: html }));
    await page.route('https://hooks.stripe.com/**', (route) => route.fulfill({ contentType: 'text/html', body: html }));
    await page.route('https://js.stripe.com/*/stripe.js', (route) =>
      route.fulfill({ contentType: 'text/javascript', body: `(${stripeJs.toString()})()` }),
    );
    await page.route('https://api.stripe.com/**', (route) => this.confirm(route));
  }

  async record(page: Page): Promise<StripeJsRecord> {
    return page.evaluate(() => (window as unknown as { stripeJsRecord: StripeJsRecord }).stripeJsRecord);
  }

  private async confirm(route: Route): Promise<void> {
    const form = new URLSearchParams(route.request().postData() ?? '');
    const secret = form.get('client_secret') ?? '';
    const intent = this.state.intents.find(({ client_secret }) => client_secret === secret);
    const deed = this.deeds.shift();
    const error = (details: object) => ({ error: details });
    const answer = () => {
      if (!intent || form.get('key') !== this.publishableKey) return error({ type: 'invalid_request_error', message: 'No such payment' });
      if (deed === undefined || deed === 'is_unreachable')
        return error({ type: 'api_connection_error', message: 'Stripe cannot be reached.' });
      if (intent.status === 'succeeded')
        return error({ type: 'invalid_request_error', code: 'payment_intent_unexpected_state', payment_intent: intent });
      this.state.confirm(intent.id, deed);
      return intent.last_payment_error ? error({ ...intent.last_payment_error, payment_intent: intent }) : intent;
    };
    await route.fulfill({ headers: { 'access-control-allow-origin': '*' }, json: answer() });
  }
}
