import { describe, expect, it } from '@jest/globals';
import { contentSecurityPolicy } from '@paygate/nest-kit';
import { brandPalette } from './brand-palette.js';
import { messagesFor } from './messages/index.js';
import type { PageFrame } from './page-model.js';
import { pageSources } from './page-sources.js';

const frame: PageFrame = {
  messages: messagesFor('en'),
  locale: 'en',
  merchant: 'Northwind',
  palette: brandPalette(undefined),
  livemode: true,
  nonce: 'bm9uY2U=',
  assets: { css: '', script: '', modules: [], stripeElement: '', icon: '' },
};
const CARD_FIELDS = {
  scripts: ['https://js.provider.example'],
  connections: ['https://api.provider.example'],
  frames: ['https://js.provider.example', 'https://*.hooks.provider.example'],
};

describe('the content policy of a payment page', () => {
  it('lets in nobody but the scripts of this answer', () => {
    const policy = contentSecurityPolicy(pageSources(frame));
    expect(policy).toContain("script-src 'nonce-bm9uY2U=';");
    expect(policy).toContain("style-src 'self' 'nonce-bm9uY2U=';");
    expect(policy).toContain("connect-src 'self';");
    expect(policy).not.toContain('frame-src');
    expect(policy).not.toContain('https:');
  });

  it('is opened for exactly what the fields of the provider need', () => {
    const policy = contentSecurityPolicy(pageSources(frame, CARD_FIELDS));
    expect(policy).toContain("script-src 'nonce-bm9uY2U=' https://js.provider.example;");
    expect(policy).toContain("connect-src 'self' https://api.provider.example;");
    expect(policy).toContain('frame-src https://*.hooks.provider.example https://js.provider.example;');
    expect(policy).toContain("frame-ancestors 'none'");
  });

  it.each(['http://js.example', '*', 'https:', "'unsafe-inline'", 'https://a.example; script-src *', 'https://a.example/path', 'data:'])(
    'never takes %p for an origin',
    (script) => {
      expect(() => pageSources(frame, { scripts: [script], connections: [], frames: [] })).toThrow('is no origin of https');
    },
  );

  it('shows the logo of the merchant', () => {
    const policy = contentSecurityPolicy(pageSources({ ...frame, logoUrl: 'https://cdn.shop.example/logo.svg?v=2' }));
    expect(policy).toContain("img-src 'self' https://cdn.shop.example;");
  });
});
