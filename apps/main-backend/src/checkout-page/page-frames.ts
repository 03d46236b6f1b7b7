import { Injectable } from '@nestjs/common';
import { browserAssets, httpUrl, newNonce } from '../html-pages/index.js';
import { brandPalette } from './brand-palette.js';
import type { LoadedCheckout } from './load-checkout.js';
import { resolveLocale } from './locale.js';
import { messagesFor } from './messages/index.js';
import type { Order, PageFrame } from './page-model.js';

export const ASSET_PREFIX = '/checkout/assets/';

/** What is around every page: language, branding, files. */
@Injectable()
export class PageFrames {
  readonly files = browserAssets('checkout', ASSET_PREFIX, ['checkout.css', 'checkout.js', 'icon.svg']);
  private readonly assets = {
    css: this.files.address('checkout.css'),
    script: this.files.address('checkout.js'),
    icon: this.files.address('icon.svg'),
  };

  forCheckout({ checkout, site }: LoadedCheckout, acceptLanguage: string | undefined): PageFrame {
    return {
      ...this.plain(acceptLanguage, checkout.locale),
      merchant: site.name,
      logoUrl: httpUrl(site.branding.logoUrl),
      supportEmail: site.supportEmail,
      palette: brandPalette(site.branding.primaryColor, site.branding.accentColor),
      livemode: checkout.scope.livemode,
    };
  }

  /** Without a merchant: for pages about no checkout. */
  plain(acceptLanguage: string | undefined, checkoutLocale?: string): PageFrame {
    const locale = resolveLocale(checkoutLocale, acceptLanguage);
    return {
      messages: messagesFor(locale),
      locale,
      merchant: '',
      palette: brandPalette(undefined),
      livemode: true,
      styleNonce: newNonce(),
      assets: this.assets,
    };
  }
}

export function orderOf({ checkout }: Pick<LoadedCheckout, 'checkout'>): Order {
  const { shortCode, amount, currency, items, externalReference, invoiceNumber, expiresAt } = checkout;
  return { shortCode, amount, currency, lines: items, reference: invoiceNumber ?? externalReference, expiresAt };
}
