import { buildMerchantBody } from './merchant-webhook/merchant-body.js';
import type { MerchantFacts } from './merchant-webhook/merchant-body.js';
import { buildPanelBody } from './panel-webhook/panel-body.js';
import type { PanelFacts } from './panel-webhook/panel-body.js';
import { buildPlatformBody } from './platform-webhook/platform-body.js';
import type { PlatformFacts } from './platform-webhook/platform-body.js';
import { buildIpnBody, buildIpnTestBody } from './site-ipn/ipn-body.js';
import type { IpnFacts, IpnTestFacts, IpnVersion } from './site-ipn/ipn-body.js';

/** What a notification of any family announces. */
export type NotificationContent =
  | { family: 'site_ipn'; version: IpnVersion; facts: IpnFacts }
  /** Test messages exist in the form of version 2 alone. */
  | { family: 'site_ipn'; version: 2; test: IpnTestFacts }
  | { family: 'merchant_webhook'; facts: MerchantFacts }
  | { family: 'platform_webhook'; facts: PlatformFacts }
  | { family: 'panel_webhook'; facts: PanelFacts };

/**
 * The body of a notification. Its UTF-8 bytes are what is stored, signed and sent on every attempt.
 * @throws RangeError when a fact breaks a limit of the family
 */
export function buildNotificationBody(content: NotificationContent): string {
  switch (content.family) {
    case 'site_ipn':
      return 'test' in content ? buildIpnTestBody(content.test) : buildIpnBody(content.version, content.facts);
    case 'merchant_webhook':
      return buildMerchantBody(content.facts);
    case 'platform_webhook':
      return buildPlatformBody(content.facts);
    case 'panel_webhook':
      return buildPanelBody(content.facts);
  }
}
