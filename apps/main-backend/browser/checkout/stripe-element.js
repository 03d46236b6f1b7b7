// @ts-check
// Puts Stripe's Payment Element into its place on our page. What is typed there goes to Stripe and never through us. Cards,
// Apple Pay, Google Pay and whatever else the merchant's Stripe account offers are the element's own business.

/** @typedef {{ status: string, last_payment_error?: object | null }} Intent */
/** @typedef {{ error: { type: string, message?: string, payment_intent?: Intent } }} Refusal */
/** @typedef {{ mount(place: Element): void, on(event: 'ready' | 'loaderror', then: () => void): void }} PaymentElement */
/** @typedef {{ create(kind: 'payment', options: object): PaymentElement, update(options: object): void }} Elements */
/** @typedef {{ elements(options: object): Elements, confirmPayment(options: object): Promise<Refusal> }} Stripe */
/** @typedef {(publishableKey: string, options: object) => Stripe} StripeFactory */

/** Stripe's release of the API version our server speaks. It may only be loaded from there. */
const LIBRARY = 'https://js.stripe.com/endive/stripe.js';
/** After so long the buyer is told that something is wrong, and may still be proven lucky. */
const PATIENCE_MS = 20_000;

const form = document.querySelector('#provider-fields');
if (form instanceof HTMLFormElement) void start(form);

/** @param {HTMLFormElement} form */
async function start(form) {
  const { publishableKey = '', clientSecret = '', account, locale = 'auto', failed = '' } = form.dataset;
  const button = form.querySelector('button');
  const place = form.querySelector('[data-element]');
  if (!button || !place) return;
  const impatience = window.setTimeout(() => complain(form, failed), PATIENCE_MS);
  try {
    const stripe = (await loadStripe())(publishableKey, { locale, ...(account ? { stripeAccount: account } : {}) });
    const elements = stripe.elements({ clientSecret, appearance: appearance() });
    const element = elements.create('payment', {
      layout: 'tabs',
      // Shown where the merchant has switched them on in Stripe and the buyer's device has one.
      wallets: { applePay: 'auto', googlePay: 'auto' },
      defaultValues: { billingDetails: billingDetails(form) },
    });
    element.on('ready', () => {
      window.clearTimeout(impatience);
      complain(form, '');
      form.querySelector('[data-loading]')?.remove();
      button.disabled = false;
    });
    element.on('loaderror', () => complain(form, failed));
    element.mount(place);
    followColours(elements);
    // First of all listeners: this form is never sent, so nothing that guards forms against being sent twice may touch it.
    form.addEventListener(
      'submit',
      (event) => {
        event.preventDefault();
        if (!button.disabled) void pay(form, button, stripe, elements);
      },
      { capture: true },
    );
    // The back button may bring the page back as it was left, half-way to a bank.
    window.addEventListener('pageshow', (event) => {
      if (event.persisted) window.location.reload();
    });
  } catch {
    window.clearTimeout(impatience);
    complain(form, failed);
  }
}

/** @param {HTMLFormElement} form @param {HTMLButtonElement} button @param {Stripe} stripe @param {Elements} elements */
async function pay(form, button, stripe, elements) {
  const text = button.textContent;
  const back = new URL(form.dataset['return'] ?? '', window.location.href).href;
  button.disabled = true;
  button.textContent = form.dataset['busy'] ?? '';
  complain(form, '');
  try {
    // On success Stripe leads the browser on by itself.
    const { error } = await stripe.confirmPayment({ elements, confirmParams: { return_url: back } });
    if (isDecided(error.payment_intent)) {
      window.location.assign(back);
      return;
    }
    // Something is missing in the fields, or Stripe could not be reached: the buyer can try at once.
    complain(form, error.message ?? form.dataset['refused'] ?? '');
  } catch {
    complain(form, form.dataset['failed'] ?? '');
  }
  button.disabled = false;
  button.textContent = text;
}

/**
 * The buyer's bank has refused, or the payment was decided in another tab: our server tells how it stands. A refused payment
 * is not tried again here, because for the merchant one attempt is one payment.
 * @param {Intent | undefined} intent
 */
function isDecided(intent) {
  return intent !== undefined && (Boolean(intent.last_payment_error) || !intent.status.startsWith('requires_'));
}

/** @returns {Promise<StripeFactory>} */
function loadStripe() {
  return new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement('script'), { src: LIBRARY, async: true });
    script.addEventListener('error', () => reject(new Error('the library was not loaded')));
    script.addEventListener('load', () => {
      const factory = /** @type {{ Stripe?: StripeFactory }} */ (/** @type {unknown} */ (window)).Stripe;
      if (factory) resolve(factory);
      else reject(new Error('the library is not what it was'));
    });
    document.head.append(script);
  });
}

/** What the buyer has told us already. @param {HTMLFormElement} form */
function billingDetails({ dataset }) {
  /** @param {string | undefined} value */
  const known = (value) => (value === '' ? undefined : value);
  const address = { country: known(dataset['country']), postal_code: known(dataset['postcode']) };
  return { name: known(dataset['name']), email: known(dataset['email']), address };
}

/** The fields in the colours of the page, so that they look like part of it. */
function appearance() {
  const style = getComputedStyle(document.documentElement);
  /** @param {string} name */
  const value = (name) => style.getPropertyValue(name).trim();
  return {
    theme: window.matchMedia('(prefers-color-scheme: dark)').matches ? 'night' : 'stripe',
    disableAnimations: window.matchMedia('(prefers-reduced-motion: reduce)').matches,
    variables: {
      colorPrimary: value('--accent'),
      colorBackground: value('--surface'),
      colorText: value('--text'),
      colorTextSecondary: value('--muted'),
      colorDanger: value('--error'),
      borderRadius: value('--radius'),
      fontFamily: getComputedStyle(document.body).fontFamily,
    },
  };
}

/** @param {Elements} elements */
function followColours(elements) {
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  dark.addEventListener('change', () => elements.update({ appearance: appearance() }));
}

/** @param {HTMLFormElement} form @param {string} text */
function complain(form, text) {
  const place = form.querySelector('[data-problem]');
  if (!(place instanceof HTMLElement)) return;
  place.hidden = text === '';
  place.textContent = text;
  if (text !== '') form.querySelector('[data-loading]')?.remove();
}
