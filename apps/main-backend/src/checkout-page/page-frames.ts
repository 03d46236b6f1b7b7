import { Injectable } from '@nestjs/common';
import { browserAssets, httpsUrl, newNonce } from '../html-pages/index.js';
import { brandPalette } from './brand-palette.js';
import { isPageLanguage, resolveLanguage } from './language.js';
import type { LanguageHints, PageLanguage } from './language.js';
import type { LoadedCheckout } from './load-checkout.js';
import { messagesFor } from './messages/index.js';
import type { Order, PageFrame } from './page-model.js';

export const ASSET_PREFIX = '/checkout/assets/';

/** One sheet for the browser, in the order of the cascade. */
const STYLES = ['colours', 'base', 'layout', 'summary', 'form', 'buttons', 'status', 'receipt', 'preferences', 'print'];
/** What `checkout.js` imports. */
const SCRIPTS = [
  'form-memory.js',
  'part.js',
  'country-fields.js',
  'payment-methods.js',
  'tax-preview.js',
  'vat-id.js',
  'language.js',
  'sending.js',
  'watch.js',
];

/** What a request says about the language of the page. */
export type RequestLanguage = Pick<LanguageHints, 'chosen' | 'link' | 'acceptLanguage'>;

/** What is around every page: language, branding, files. */
@Injectable()
export class PageFrames {
  readonly files = browserAssets('checkout', ASSET_PREFIX, [
    { name: 'checkout.css', parts: STYLES.map((name) => `styles/${name}.css`) },
    ...SCRIPTS,
    'checkout.js',
    'stripe-element.js',
    'icon.svg',
  ]);
  private readonly assets = {
    css: this.files.address('checkout.css'),
    script: this.files.address('checkout.js'),
    modules: SCRIPTS.map((name) => this.files.address(name)),
    stripeElement: this.files.address('stripe-element.js'),
    icon: this.files.address('icon.svg'),
  };

  /** A buyer who has tried to pay goes on in the language of that attempt. */
  forCheckout(loaded: LoadedCheckout, request: RequestLanguage): PageFrame {
    const { checkout, site } = loaded;
    return {
      ...this.plain({ ...request, checkout: localeOf(loaded) }),
      chosenLanguage: chosenLanguage(loaded, request),
      merchant: site.name,
      logoUrl: httpsUrl(site.branding.logoUrl),
      supportEmail: site.supportEmail,
      palette: brandPalette(site.branding.primaryColor, site.branding.accentColor),
      livemode: checkout.scope.livemode,
    };
  }

  /** Without a merchant: for pages about no checkout. */
  plain(hints: LanguageHints): PageFrame {
    const { language, locale } = resolveLanguage(hints);
    return {
      messages: messagesFor(language),
      locale,
      merchant: '',
      palette: brandPalette(undefined),
      livemode: true,
      nonce: newNonce(),
      assets: this.assets,
    };
  }
}

function localeOf({ checkout, transaction }: LoadedCheckout): string | undefined {
  return transaction?.locale ?? checkout.locale;
}

/** The buyer's choice, unless the page would be in that language anyway. */
export function chosenLanguage(loaded: LoadedCheckout, { chosen, ...others }: RequestLanguage): PageLanguage | undefined {
  const usual = resolveLanguage({ ...others, checkout: localeOf(loaded) }).language;
  return isPageLanguage(chosen) && chosen !== usual ? chosen : undefined;
}

export function orderOf({ checkout, tax }: Pick<LoadedCheckout, 'checkout' | 'tax'>): Order {
  const { shortCode, sessionPublicId, amount, currency, items, externalReference, invoiceNumber, expiresAt } = checkout;
  return { shortCode, sessionPublicId, amount, currency, lines: items, tax, reference: invoiceNumber ?? externalReference, expiresAt };
}
