import { Injectable, Logger } from '@nestjs/common';
import { buildIpnBody, signNotification } from '@paygate/webhook-protocol';
import type { NotificationToSign } from '@paygate/webhook-protocol';
import { EndpointDirectory, EndpointSecrets } from '../endpoints/index.js';
import type { EndpointRow, StopReason } from '../endpoints/index.js';
import { SiteDirectory } from '../sites/index.js';
import type { ClaimedDelivery } from './claimed-delivery.js';
import { ClaimsStore } from './claims.store.js';

export type WrittenRequest =
  | { headers: Record<string, string>; body: string }
  /** Our own configuration is not complete; it is tried again without using up an attempt. */
  | { missing: string }
  /** Nothing is sent there any more. */
  | { stopped: StopReason | 'content_expired' };

const CONTENT_HEADERS = { 'content-type': 'application/json', 'user-agent': 'paygate' } as const;

interface OpenedEndpoint {
  secrets: string[];
  headers: Record<string, string>;
  credentials?: { username: string; password: string };
}

/** Writes the request of one attempt: the stored bytes, and headers with a fresh timestamp and signatures. */
@Injectable()
export class RequestWriter {
  private readonly logger = new Logger('sending');
  /** By the copy of the endpoint, which is replaced about every second. */
  private readonly opened = new WeakMap<EndpointRow, OpenedEndpoint>();

  constructor(
    private readonly sites: SiteDirectory,
    private readonly endpoints: EndpointDirectory,
    private readonly secrets: EndpointSecrets,
    private readonly claims: ClaimsStore,
  ) {}

  /** A promise only where something has to be read first. */
  write(claim: ClaimedDelivery): WrittenRequest | Promise<WrittenRequest> {
    const { endpointId } = claim.delivery;
    if (endpointId === undefined || this.endpoints.isFresh(endpointId)) return this.writeTo(claim);
    return this.endpoints.load([endpointId]).then(() => this.writeTo(claim));
  }

  private writeTo(claim: ClaimedDelivery): WrittenRequest | Promise<WrittenRequest> {
    const { endpointId, family } = claim.delivery;
    const endpoint = endpointId === undefined ? undefined : this.endpoints.get(endpointId);
    if (endpoint?.state === 'disabled') return { stopped: 'endpoint_disabled' };
    if (family === 'site_ipn') return this.ipn(claim);
    return endpoint ? this.webhook(claim, endpoint) : { stopped: 'endpoint_deleted' };
  }

  private ipn({ delivery, message }: ClaimedDelivery): WrittenRequest | Promise<WrittenRequest> {
    const now = new Date();
    const siteId = delivery.siteId ?? '';
    const version = message.bodyVersion ?? this.sites.ipnVersion(siteId);
    const secrets = this.secretsOfSite(siteId, now);
    if (!version || !secrets) return { missing: 'site_settings_missing' };
    const attempt = { family: 'site_ipn', secrets, timestamp: now, deliveryId: delivery._id, version } as const;
    if (message.body !== undefined) return signed({ ...attempt, body: message.body });
    // Erased since it was decided to send it.
    if (!message.facts) return { stopped: 'content_expired' };
    return this.claims.keepBody(message._id, buildIpnBody(version, message.facts), version).then((body) => signed({ ...attempt, body }));
  }

  private webhook({ delivery, message }: ClaimedDelivery, endpoint: EndpointRow): WrittenRequest {
    const { body } = message;
    if (body === undefined || delivery.family === 'site_ipn') return { stopped: 'content_expired' };
    const now = new Date();
    const opened = this.open(endpoint, now);
    if (!opened) return { missing: 'endpoint_secret_unreadable' };
    const attempt = { secrets: opened.secrets, timestamp: now, deliveryId: delivery._id, body };
    return delivery.family === 'platform_webhook'
      ? signed({ ...attempt, family: delivery.family, credentials: opened.credentials }, opened.headers)
      : signed({ ...attempt, family: delivery.family, event: delivery.event ?? '' }, { ...opened.headers, ...basic(opened) });
  }

  private open(endpoint: EndpointRow, now: Date): OpenedEndpoint | undefined {
    const known = this.opened.get(endpoint);
    if (known) return known;
    try {
      const opened: OpenedEndpoint = {
        secrets: this.secrets.liveSecrets(endpoint, now),
        headers: Object.fromEntries(this.secrets.headers(endpoint).map(({ name, value }) => [name, value])),
        credentials: this.secrets.credentials(endpoint),
      };
      this.opened.set(endpoint, opened);
      return opened;
    } catch (error) {
      this.logger.error(error, `the secrets of endpoint ${endpoint._id} cannot be decrypted`);
      return undefined;
    }
  }

  private secretsOfSite(siteId: string, now: Date): readonly string[] | undefined {
    try {
      return this.sites.signingSecrets(siteId, now);
    } catch (error) {
      this.logger.error(error, `a signing secret of site ${siteId} cannot be decrypted`);
      return undefined;
    }
  }
}

function signed(attempt: NotificationToSign, more: Record<string, string> = {}): WrittenRequest {
  return { headers: Object.assign({}, more, signNotification(attempt), CONTENT_HEADERS), body: attempt.body };
}

/** The platform family makes it itself. */
function basic({ credentials }: OpenedEndpoint): Record<string, string> {
  if (!credentials) return {};
  return { Authorization: `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`, 'utf8').toString('base64')}` };
}
