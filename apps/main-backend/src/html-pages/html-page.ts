import { randomBytes } from 'node:crypto';
import { contentSecurityPolicy, sendHtml } from '@paygate/nest-kit';
import type { HtmlReply, PageSources } from '@paygate/nest-kit';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

export function newNonce(): string {
  return randomBytes(16).toString('base64');
}

/**
 * Sends a part of a page, for a script of ours to put in. Opened by itself it can do nothing.
 * @param cacheSeconds of a part that is the same for everybody
 */
export function sendPart(reply: HtmlReply, part: VNode, cacheSeconds?: number): void {
  reply
    .status(200)
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentSecurityPolicy(),
      'cache-control': cacheSeconds === undefined ? 'no-store' : `public, max-age=${cacheSeconds}`,
      'x-content-type-options': 'nosniff',
    })
    .send(renderToString(part));
}

/** Renders a whole document and sends it, never cached and never framed. */
export function sendPage(reply: HtmlReply, status: number, document: VNode, sources?: PageSources): void {
  sendHtml(reply, status, renderToString(document), sources);
}
