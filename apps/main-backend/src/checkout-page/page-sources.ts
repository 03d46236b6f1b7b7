import type { PageSources } from '@paygate/nest-kit';
import type { BrowserSources } from '../providers/index.js';
import type { PageFrame } from './page-model.js';

/** An origin of https, nothing that could open another door of the policy. */
const ORIGIN = /^https:\/\/(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?$/;
const NOTHING: BrowserSources = { scripts: [], connections: [], frames: [] };

/**
 * What one page may load: our own files and the merchant's logo.
 * @param provider given on the page with the fields of that provider only
 */
export function pageSources({ nonce, logoUrl }: PageFrame, provider: BrowserSources = NOTHING): PageSources {
  return {
    styleNonce: nonce,
    scriptNonce: nonce,
    imageOrigins: logoUrl === undefined ? [] : [new URL(logoUrl).origin],
    scriptOrigins: origins(provider.scripts),
    connectOrigins: origins(provider.connections),
    frameOrigins: origins(provider.frames),
  };
}

/** @throws TypeError for anything but origins: what an adapter lists is code, and a mistake there must not pass */
function origins(listed: readonly string[]): string[] {
  const bad = listed.find((origin) => !ORIGIN.test(origin));
  if (bad !== undefined) throw new TypeError(`${bad} is no origin of https`);
  return [...new Set(listed)].sort();
}
