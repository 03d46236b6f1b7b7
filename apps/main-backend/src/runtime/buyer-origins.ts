import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import { CheckoutAddresses } from '../checkouts/index.js';
import { Configuration } from '../configuration/index.js';

/** The part of a request that says which page sent it. */
export interface PageHeaders {
  /** Host and port the request was sent to. */
  readonly host?: string;
  readonly origin?: string;
  readonly referer?: string;
}

/**
 * Which pages may call the runtime API: the hosted checkout, under our own address or a merchant's domain, and those a site
 * lists. A request without Origin and Referer does not come from a page and is let through: the API gives nothing to a
 * caller who knows no session or transaction id, and there are no cookies that a foreign page could make use of.
 */
@Injectable()
export class BuyerOrigins {
  constructor(
    private readonly configuration: Configuration,
    private readonly addresses: CheckoutAddresses,
  ) {}

  /** @throws DomainError origin_not_allowed */
  require(headers: PageHeaders, siteId: string): void {
    const origin = pageOrigin(headers);
    if (origin === undefined || origin === this.addresses.origin || isOfHost(origin, headers.host)) return;
    if (this.configuration.site(siteId)?.allowedOrigins.includes(origin)) return;
    throw new DomainError('origin_not_allowed');
  }

  /**
   * For what concerns no site: any page that may call at all.
   * @throws DomainError origin_not_allowed
   */
  requireKnown(headers: PageHeaders): void {
    const origin = pageOrigin(headers);
    if (origin !== undefined && !isOfHost(origin, headers.host) && !this.isKnown(origin)) throw new DomainError('origin_not_allowed');
  }

  /** Whether some page of this origin may call at all; which checkouts it may see is decided per request. */
  isKnown(origin: string): boolean {
    return origin === this.addresses.origin || this.configuration.isAllowedOriginOfAnySite(origin);
  }
}

/** A page that was itself served by us: it has no more to say than whoever may open it. */
function isOfHost(origin: string, host: string | undefined): boolean {
  return host !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}

/** The origin of the page that sent a request; `null` (as text) when the page has none, undefined when there is no page. */
export function pageOrigin({ origin, referer }: PageHeaders): string | undefined {
  if (origin !== undefined) return origin;
  if (referer === undefined || referer === '') return undefined;
  return URL.canParse(referer) ? new URL(referer).origin : 'null';
}
