export { browserAssets } from './browser-assets.js';
export { newNonce, sendPage, sendPart } from './html-page.js';
export { HtmlPagesModule } from './html-pages.module.js';
export { httpsUrl, httpUrl } from './safe-url.js';
export { isSameOriginForm } from './same-origin.js';
export type { FormRequest } from './same-origin.js';
