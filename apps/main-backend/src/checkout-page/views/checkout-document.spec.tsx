import { describe, expect, it } from '@jest/globals';
import { renderToString } from 'preact-render-to-string';
import { billingValuesOf } from '../billing-form.js';
import { brandPalette } from '../brand-palette.js';
import { messagesFor } from '../messages/index.js';
import type { CheckoutScreen, Order, PageFrame, PaymentForm } from '../page-model.js';
import { checkoutDocument, plainDocument, receiptDocument } from './index.js';

const frame: PageFrame = {
  messages: messagesFor('en'),
  locale: 'en-IE',
  merchant: 'Northwind Prints',
  palette: brandPalette('#0f766e'),
  livemode: true,
  nonce: 'nonce',
  assets: { css: '/a.css', script: '/a.js', modules: ['/m.js'], stripeElement: '/stripe.js', icon: '/a.svg' },
};
const order: Order = {
  shortCode: 'Qm7Xk2Rt9a',
  sessionPublicId: 'session-1',
  amount: 4900,
  currency: 'EUR',
  lines: [
    { name: 'Poster', description: 'Unframed', quantity: 2, unitPrice: 2200, itemType: 'goods' },
    { name: 'Shipping', quantity: 1, unitPrice: 900, itemType: 'shipping' },
    { name: 'Welcome discount', quantity: 1, unitPrice: -400, itemType: 'discount' },
  ],
  tax: { taxIncluded: true, totalNet: 4900, totalTax: 0, totalGross: 4900, taxBreakdown: [] },
  reference: 'order-10482',
  expiresAt: new Date('2026-03-09T14:00:00Z'),
};
const form: PaymentForm = {
  values: billingValuesOf('ada@example.com', { firstName: 'Ada', lastName: 'Lovelace', country: 'DE' }),
  business: false,
  problems: [],
  choices: [{ id: 'p1', label: 'Card' }],
  chosenId: 'p1',
  choiceMissing: false,
  canLeave: true,
};

const page = (screen: CheckoutScreen, changes: { frame?: Partial<PageFrame>; order?: Partial<Order> } = {}): string =>
  renderToString(checkoutDocument({ frame: { ...frame, ...changes.frame }, order: { ...order, ...changes.order }, screen }));
/** What a reader sees: no tags, entities resolved. */
const text = (html: string): string =>
  html
    .replace(/<style.*?<\/style>/gs, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ');

describe('the open page', () => {
  const html = page({ kind: 'open', form });

  it('shows the order', () => {
    for (const shown of [
      'Poster',
      'Unframed',
      '2 × €22.00',
      '€44.00',
      'Subtotal €53.00',
      'Welcome discount -€4.00',
      'Total €49.00',
      'order-10482',
    ]) {
      expect(text(html)).toContain(shown);
    }
    expect(html).toContain('Pay €49.00</button>');
  });

  it('is a plain form that needs no script', () => {
    expect(html).toContain('<form class="payment" id="payment" method="post" action="/checkout/Qm7Xk2Rt9a/pay"');
    expect(html).toMatch(/<input type="radio" name="provider"[^>]*value="p1"[^>]*checked/);
    expect(html).toMatch(/<option value="DE" selected>Germany<\/option>/);
    expect(html).not.toMatch(/<script(?![^>]*src="\/a\.js")/);
    expect(html).not.toMatch(/\son[a-z]+="/);
    expect(html).not.toMatch(/\sstyle="/);
  });

  it('has a label for every field and one heading of the first level', () => {
    const ids = [...html.matchAll(/<(?:input|select)[^>]*\sid="([^"]+)"[^>]*>/g)]
      .map(([, id]) => id ?? '')
      .filter((id) => !id.startsWith('provider'));
    // Seven of the person, three of a business, and the language.
    expect(ids).toHaveLength(11);
    for (const id of ids) expect(html).toMatch(new RegExp(id === 'business' ? '<label class="check"><input' : `<label[^>]* for="${id}"`));
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html).toContain('<html lang="en" dir="ltr">');
  });

  it('says so in test mode only', () => {
    expect(text(html)).not.toContain('Test mode');
    expect(text(page({ kind: 'open', form }, { frame: { livemode: false } }))).toContain('Test mode: no real money moves.');
  });

  it.each([
    ['de-DE', 'EUR', 4900, '49,00 €'],
    ['ja', 'JPY', 4900, '¥4,900'],
    ['en', 'KWD', 4900, 'KWD 4.900'],
  ])('writes money for %s: %s %d as %s', (locale, currency, amount, expected) => {
    const shown = text(page({ kind: 'open', form }, { frame: { locale }, order: { currency, amount, lines: [] } }));
    expect(shown.replaceAll('￥', '¥')).toContain(`Pay ${expected}`.replaceAll(/\s/g, ' '));
  });

  it('folds a long order but never hides a single line', () => {
    const lines = (count: number) =>
      Array.from({ length: count }, (_, i) => ({ name: `Line ${i}`, quantity: 1, unitPrice: 100, itemType: 'goods' }));
    expect(text(page({ kind: 'open', form }, { order: { lines: lines(5) } }))).not.toContain('more item');
    expect(text(page({ kind: 'open', form }, { order: { lines: lines(6) } }))).toContain('Show 2 more items');
  });

  it('says when there is no way to pay', () => {
    const none = page({ kind: 'open', form: { ...form, choices: [] } });
    expect(text(none)).toContain('No payment method is available');
    expect(none).not.toContain('/pay"');
  });
});

describe('problems', () => {
  const problems = [
    { field: 'email', rule: 'email' },
    { field: 'vatId', rule: 'vat_id' },
    { field: 'postcode', rule: 'postcode' },
  ] as const;
  const html = page({ kind: 'open', form: { ...form, business: true, problems, chosenId: undefined, choiceMissing: true } });

  it('are summed up, each leading to its field', () => {
    expect(html).toMatch(/<section class="notice error" role="alert"/);
    for (const href of ['#email', '#vatId', '#postcode', '#provider-0']) {
      expect(html).toContain(`<a href="${href}">`);
      expect(html).toContain(`id="${href.slice(1)}"`);
    }
    expect(text(html)).toContain('4 things need your attention');
  });

  it('are tied to their fields', () => {
    expect(html).toMatch(/<input[^>]*id="email"[^>]*aria-invalid="true" aria-describedby="email-problem"/);
    expect(html).toContain('<p class="problem" id="email-problem">');
  });

  it('open the part of the form they are in', () => {
    expect(html.includes('<details class="address" open>')).toBe(true);
    expect(page({ kind: 'open', form }).includes('<details class="address">')).toBe(true);
  });
});

describe('what came before', () => {
  it.each([
    ['card_declined', 'Your bank declined the card.'],
    ['insufficient_funds', 'There is not enough money'],
    ['constructor', 'The payment provider refused the payment.'],
    ['something_new', 'The payment provider refused the payment.'],
    [undefined, 'The payment provider refused the payment.'],
  ])('a failure %p in plain words', (code, words) => {
    const html = page({ kind: 'open', form, notice: { kind: 'failed', code } });
    expect(text(html)).toContain(words);
    expect(text(html)).toContain('You have not been charged.');
    expect(html).toContain('value="ada@example.com"');
  });
});

const ELEMENT = { kind: 'stripe_element', publishableKey: 'pk_test_1', clientSecret: 'pi_1_secret_2' } as const;
const TRANSFER = { accountHolder: 'Northwind GmbH', iban: 'DE89370400440532013000', bic: 'COBADEFFXXX', reference: 'PG 4711' };

describe('every other screen', () => {
  const shopUrl = 'https://shop.example/?a=1&b=2';
  it.each([
    [{ kind: 'processing', continueUrl: '/checkout/x/continue' }, 'A payment is in progress', 'href="/checkout/x/continue"'],
    [{ kind: 'handoff', url: shopUrl }, 'Taking you to the payment page', 'content="0;url=https://shop.example/?a=1&amp;b=2"'],
    [{ kind: 'pending', transactionId: 't1', returnUrl: shopUrl }, 'Waiting for the payment to be confirmed', 'role="status"'],
    [{ kind: 'pending', transactionId: 't1', transferUrl: '/checkout/x/continue' }, 'Waiting for', 'href="/checkout/x/continue"'],
    [{ kind: 'fields', element: ELEMENT, transactionId: 't1' }, 'Enter your payment details', 'data-client-secret="pi_1_secret_2"'],
    [{ kind: 'transfer', transfer: TRANSFER, state: 'pending', returnUrl: shopUrl }, 'Pay by bank transfer', 'DE89 3704 0044 0532 0130 00'],
    [{ kind: 'paid', returnUrl: shopUrl, receiptUrl: '/checkout/x/receipt' }, 'Payment received', 'href="/checkout/x/receipt"'],
    [{ kind: 'paid', returnUrl: shopUrl }, 'Payment received', 'href="https://shop.example/?a=1&amp;b=2"'],
    [{ kind: 'closed', shopUrl }, 'No payment is possible at the moment', 'href="https://shop.example/?a=1&amp;b=2"'],
    [{ kind: 'expired', shopUrl, undecided: false }, 'This payment link has expired', 'href="https://shop.example/?a=1&amp;b=2"'],
    [{ kind: 'expired', shopUrl, undecided: true }, 'This payment link has expired', 'do not pay again'],
    [{ kind: 'cancelled' }, 'This order was cancelled', 'data-screen="cancelled"'],
    [{ kind: 'superseded', newerUrl: '/checkout/newer' }, 'replaced by a newer one', 'href="/checkout/newer"'],
    [{ kind: 'leaving', url: shopUrl }, 'Taking you back to Northwind Prints', 'content="0;url=https://shop.example/?a=1&amp;b=2"'],
    [{ kind: 'left' }, 'You left without paying', 'href="/checkout/Qm7Xk2Rt9a"'],
  ] as const)('$kind says what happened and what to do', (screen, title, way) => {
    const html = page(screen);
    expect(html).toMatch(new RegExp(`<h1[^>]*>[^<]*${title}`));
    expect([way, html.includes(way)]).toEqual([way, true]);
    expect(html).not.toContain('class="payment"');
    expect(html.match(/<h1/g)).toHaveLength(1);
  });

  it('a receipt names the means but nothing of the buyer', () => {
    const html = page({ kind: 'paid', paidAt: new Date('2026-03-08T14:05:00Z'), method: { type: 'card', brand: 'Visa', last4: '4242' } });
    expect(text(html)).toContain('Visa ending in 4242');
    expect(html).toContain('datetime="2026-03-08T14:05:00.000Z"');
    expect(html).not.toContain('ada@example.com');
  });

  it('the fields of a provider have their script, and every other screen has not', () => {
    expect(page({ kind: 'fields', element: ELEMENT, transactionId: 't1' }).includes('src="/stripe.js"')).toBe(true);
    expect(page({ kind: 'open', form }).includes('src="/stripe.js"')).toBe(false);
  });

  it('a transfer is compared with what the checkout stands at', () => {
    const html = page({ kind: 'transfer', transfer: TRANSFER, state: 'processing' });
    expect(html).toMatch(/<body[^>]*data-state="processing"[^>]*data-status-url=/);
    expect(html).toMatch(/data-copy="DE89370400440532013000"[^>]*aria-label="Copy: IBAN"/);
    expect(html).toMatch(/data-copy="49.00"/);
  });

  it('trouble comes with the number for support', () => {
    const html = renderToString(plainDocument({ frame, text: frame.messages.trouble, requestId: 'req_1' }));
    expect(text(html)).toContain('Number for support: req_1');
  });
});

describe('the receipt', () => {
  const tax = {
    taxIncluded: true,
    totalNet: 4118,
    totalTax: 782,
    totalGross: 4900,
    taxBreakdown: [{ taxRate: 19, taxRateCode: 'DE_STANDARD', taxableBase: 4118, taxAmount: 782 }],
  };
  const payment = {
    transactionId: 't1',
    paidAt: new Date('2026-03-08T14:05:00Z'),
    method: { type: 'card', brand: 'Visa', last4: '4242' },
    refundedAmount: 1000,
  };
  const html = renderToString(receiptDocument({ frame, order: { ...order, tax }, payment }));

  it('says what was paid, when, how, and the tax in it', () => {
    const lines = [
      'Receipt from Northwind Prints',
      'Poster Unframed 2 €22.00 €44.00',
      'Before tax €41.18',
      'Tax 19% €7.82',
      'Total €49.00',
      'Refunded -€10.00',
    ];
    for (const shown of [...lines, 'Visa ending in 4242', 'order-10482']) expect(text(html)).toContain(shown);
  });

  it('says nothing of the buyer', () => expect(html).not.toContain('ada@example.com'));
});

describe('text from outside', () => {
  const evil = `"><script>alert(1)</script><img src=x onerror=alert(1)>`;
  it.each<[string, string]>([
    [
      'item',
      page({ kind: 'open', form }, { order: { lines: [{ name: evil, description: evil, quantity: 1, unitPrice: 4900, itemType: evil }] } }),
    ],
    ['reference', page({ kind: 'open', form }, { order: { reference: evil } })],
    ['merchant', page({ kind: 'open', form }, { frame: { merchant: evil, supportEmail: evil } })],
    ['typed value', page({ kind: 'open', form: { ...form, values: { ...form.values, email: evil, name: evil, company: evil } } })],
    ['provider', page({ kind: 'open', form: { ...form, choices: [{ id: evil, label: evil, description: evil }] } })],
    ['failure', page({ kind: 'open', form, notice: { kind: 'failed', code: evil } })],
    ['method', page({ kind: 'paid', method: { type: 'card', brand: evil, last4: evil } })],
  ])('of the %s stays text', (_name, html) => {
    expect(html).not.toContain('<script>alert');
    expect(html).not.toContain('<img src=x');
  });
});
