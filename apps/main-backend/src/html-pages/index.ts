export { BrowserAssets } from './browser-assets.js';
export type { BrowserAsset } from './browser-assets.js';
export { contentSecurityPolicy, newNonce, sendPage } from './html-page.js';
export type { HtmlReply, PageSources } from './html-page.js';
export { HtmlPagesModule } from './html-pages.module.js';
export { httpUrl } from './safe-url.js';
export { isSameOriginForm } from './same-origin.js';
export type { FormRequest } from './same-origin.js';
export { sendAsset } from './send-asset.js';
