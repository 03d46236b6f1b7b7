import { createHash } from 'node:crypto';
import { ALL_EVENTS } from '@paygate/messages';
import { UNKNOWN_HEALTH } from './endpoint-health.js';
import type { EndpointRow } from './endpoint.schema.js';

/** The receiver of a site's notifications: one for each origin that its addresses have. */
export interface SiteReceiver {
  organizationId: string;
  livemode: boolean;
  siteId: string;
  origin: string;
}

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const ID_LENGTH = 26;
const REMEMBERED = 10_000;
const ids = new Map<string, string>();

/** The same for the same receiver, so that nobody has to look it up. */
export function siteEndpointId({ siteId, livemode, origin }: Omit<SiteReceiver, 'organizationId'>): string {
  const key = `${siteId}:${livemode ? 'live' : 'test'}:${origin}`;
  const known = ids.get(key);
  if (known !== undefined) return known;
  const digest = createHash('sha256').update(key).digest();
  const id = `we_${Array.from(digest.subarray(0, ID_LENGTH), (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('')}`;
  if (ids.size >= REMEMBERED) ids.clear();
  ids.set(key, id);
  return id;
}

export function siteEndpoint(receiver: SiteReceiver, now: Date): EndpointRow {
  return {
    _id: siteEndpointId(receiver),
    organizationId: receiver.organizationId,
    livemode: receiver.livemode,
    family: 'site_ipn',
    siteId: receiver.siteId,
    url: receiver.origin,
    origin: receiver.origin,
    events: [ALL_EVENTS],
    headers: [],
    secrets: [],
    state: 'enabled',
    health: UNKNOWN_HEALTH,
    createdAt: now,
    updatedAt: now,
  };
}
