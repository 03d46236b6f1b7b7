export { BrowserTest, START_TIMEOUT_MS } from './browser-test.js';
export { launchBrowser } from './launch-browser.js';
