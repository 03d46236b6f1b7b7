import { DomainError } from '@paygate/kernel';
import type { BrowserAsset } from './browser-assets.js';

/** What one page may load besides files of its own origin. */
export interface PageSources {
  /** Allows the one inline `<style nonce>` of the page. */
  readonly styleNonce?: string;
  /** Allows only scripts that carry it, and what they import, instead of every script of our own. */
  readonly scriptNonce?: string;
  /** Origins of images, e.g. of the merchant's logo. */
  readonly imageOrigins?: readonly string[];
  /** Origins whose scripts may run beside our own: of a payment provider whose fields stand on the page. */
  readonly scriptOrigins?: readonly string[];
  /** Origins such scripts may talk to. */
  readonly connectOrigins?: readonly string[];
  /** Origins of frames within the page, e.g. of a provider's card fields. */
  readonly frameOrigins?: readonly string[];
}

/** What a page answers: the reply is built from it in one place, so that no page forgets a header. */
export interface HtmlReply {
  status(code: number): HtmlReply;
  headers(values: Record<string, string>): HtmlReply;
  send(body: string | Buffer): unknown;
}

export function contentSecurityPolicy(sources: PageSources = {}): string {
  return [
    `default-src 'none'`,
    `script-src ${[sources.scriptNonce ? `'nonce-${sources.scriptNonce}'` : `'self'`, ...(sources.scriptOrigins ?? [])].join(' ')}`,
    `style-src 'self'${sources.styleNonce ? ` 'nonce-${sources.styleNonce}'` : ''}`,
    `img-src ${selfAnd(sources.imageOrigins)}`,
    `connect-src ${selfAnd(sources.connectOrigins)}`,
    ...(sources.frameOrigins && sources.frameOrigins.length > 0 ? [`frame-src ${sources.frameOrigins.join(' ')}`] : []),
    // Chromium applies this to every redirect after a form was sent, so forms only ever lead to pages of our own.
    `form-action 'self'`,
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ');
}

function selfAnd(origins: readonly string[] = []): string {
  return ["'self'", ...origins].join(' ');
}

/** Nothing on our pages asks for these, so nothing that gets in can either. A provider's frame may open the device's wallet. */
export function permissionsPolicy({ frameOrigins = [] }: PageSources = {}): string {
  const payment = frameOrigins.length > 0 ? ['self', ...frameOrigins.map((origin) => `"${origin}"`)].join(' ') : '';
  return `camera=(), geolocation=(), microphone=(), payment=(${payment})`;
}

/** Sends a whole document, never cached and never framed. @param html from `<html>` to `</html>` */
export function sendHtml(reply: HtmlReply, status: number, html: string, sources?: PageSources): void {
  reply
    .status(status)
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentSecurityPolicy(sources),
      'permissions-policy': permissionsPolicy(sources),
      // `no-referrer` would turn the Origin of our own forms into "null", and the Origin is checked.
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
    })
    .send(`<!doctype html>${html}`);
}

/** @throws DomainError route_not_found for a file that does not exist, or not any more */
export function sendAsset(reply: HtmlReply, asset: BrowserAsset | undefined): void {
  if (!asset) throw new DomainError('route_not_found');
  reply
    .status(200)
    .headers({
      'content-type': asset.contentType,
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
      ...(asset.encoding ? { 'content-encoding': asset.encoding } : {}),
    })
    .send(asset.body);
}
