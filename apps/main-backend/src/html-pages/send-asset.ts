import { DomainError } from '@paygate/kernel';
import type { BrowserAsset } from './browser-assets.js';
import type { HtmlReply } from './html-page.js';

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
