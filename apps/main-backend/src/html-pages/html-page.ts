import { randomBytes } from 'node:crypto';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** What one page may load besides files of its own origin. */
export interface PageSources {
  /** Allows the one inline `<style nonce>` of the page. */
  readonly styleNonce?: string;
  /** Origins of images, e.g. of the merchant's logo. */
  readonly imageOrigins?: readonly string[];
}

/** What a page answers: the reply is built from it in one place, so that no page forgets a header. */
export interface HtmlReply {
  status(code: number): HtmlReply;
  headers(values: Record<string, string>): HtmlReply;
  send(body: string | Buffer): unknown;
}

export function newNonce(): string {
  return randomBytes(16).toString('base64');
}

export function contentSecurityPolicy(sources: PageSources = {}): string {
  return [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self'${sources.styleNonce ? ` 'nonce-${sources.styleNonce}'` : ''}`,
    `img-src ${["'self'", ...(sources.imageOrigins ?? [])].join(' ')}`,
    `connect-src 'self'`,
    // Chromium applies this to every redirect after a form was sent, so forms only ever lead to pages of our own.
    `form-action 'self'`,
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ');
}

/** Renders a whole document and sends it, never cached and never framed. */
export function sendPage(reply: HtmlReply, status: number, document: VNode, sources?: PageSources): void {
  reply
    .status(status)
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentSecurityPolicy(sources),
      // `no-referrer` would turn the Origin of our own forms into "null", and the Origin is checked.
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
    })
    .send(`<!doctype html>${renderToString(document)}`);
}
