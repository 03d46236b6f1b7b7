// @ts-check
// Puts Stripe's Payment Element into its place on our page. What is typed there goes to Stripe and never through us.

/** @typedef {{ error: { type: string, message?: string, payment_intent?: { status: string } } }} Refusal */
/** @typedef {{ mount(place: Element): void, on(event: 'ready' | 'loaderror', then: () => void): void }} PaymentElement */
/** @typedef {{ create(kind: 'payment', options: object): PaymentElement }} Elements */
/** @typedef {{ elements(options: object): Elements, confirmPayment(options: object): Promise<Refusal> }} Stripe */
/** @typedef {(publishableKey: string, options: object) => Stripe} StripeFactory */

const LIBRARY = 'https://js.stripe.com/v3/';

const form = document.querySelector('#provider-fields');
if (form instanceof HTMLFormElement) void start(form);

/** @param {HTMLFormElement} form */
async function start(form) {
  const { publishableKey = '', clientSecret = '', account, locale = 'auto', failed = '' } = form.dataset;
  const button = form.querySelector('button');
  const place = form.querySelector('[data-element]');
  if (!button || !place) return;
  try {
    const stripe = (await loadStripe())(publishableKey, { locale, ...(account ? { stripeAccount: account } : {}) });
    const elements = stripe.elements({ clientSecret, appearance: appearance() });
    const element = elements.create('payment', { layout: 'tabs' });
    element.on('ready', () => {
      form.querySelector('[data-loading]')?.remove();
      button.disabled = false;
    });
    element.on('loaderror', () => complain(form, failed));
    element.mount(place);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (!button.disabled) void pay(form, button, stripe, elements);
    });
  } catch {
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
  // On success Stripe leads the browser on by itself.
  const { error } = await stripe.confirmPayment({ elements, confirmParams: { return_url: back } });
  // Decided already, in another tab for example: our server knows how it stands.
  if (error.payment_intent && !error.payment_intent.status.startsWith('requires_')) {
    window.location.assign(back);
    return;
  }
  button.disabled = false;
  button.textContent = text;
  complain(form, error.message ?? form.dataset['refused'] ?? '');
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

/** The fields in the colours of the page, so that they look like part of it. */
function appearance() {
  const style = getComputedStyle(document.documentElement);
  /** @param {string} name */
  const colour = (name) => style.getPropertyValue(name).trim();
  return {
    theme: window.matchMedia('(prefers-color-scheme: dark)').matches ? 'night' : 'stripe',
    variables: {
      colorPrimary: colour('--accent'),
      colorBackground: colour('--surface'),
      colorText: colour('--text'),
      colorDanger: colour('--error'),
      borderRadius: colour('--radius'),
    },
  };
}

/** @param {HTMLFormElement} form @param {string} text */
function complain(form, text) {
  const place = form.querySelector('[data-problem]');
  if (!(place instanceof HTMLElement)) return;
  place.hidden = text === '';
  place.textContent = text;
  if (text !== '') form.querySelector('[data-loading]')?.remove();
}
