import { randomBytes } from 'node:crypto';
import { sendHtml } from '@paygate/nest-kit';
import type { HtmlReply, PageSources } from '@paygate/nest-kit';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

export function newNonce(): string {
  return randomBytes(16).toString('base64');
}

/** Renders a whole document and sends it, never cached and never framed. */
export function sendPage(reply: HtmlReply, status: number, document: VNode, sources?: PageSources): void {
  sendHtml(reply, status, renderToString(document), sources);
}
