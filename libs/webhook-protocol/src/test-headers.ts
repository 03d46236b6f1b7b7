import { isIpnV2, parseIpnBody } from './ipn-body.js';
import { signIpn } from './sign-ipn.js';
import type { IpnHeaders } from './sign-ipn.js';

export interface TestHeadersInput {
  secret: string;
  /** The body your test posts, byte for byte. */
  body: string;
  /** Default: the present. An old instant lets you test that your receiver refuses it. */
  now?: Date;
  /** Default: the `deliveryId` of a version 2 body, else `dlv_test`. */
  deliveryId?: string;
}

/** The headers paygate would send with this body, for the tests of a receiver. */
export function makeTestHeaders(input: TestHeadersInput): IpnHeaders {
  const notification = parseIpnBody(input.body);
  const v2 = notification && isIpnV2(notification) ? notification : undefined;
  return signIpn({
    secrets: [input.secret],
    timestamp: input.now ?? new Date(),
    deliveryId: input.deliveryId ?? v2?.deliveryId ?? 'dlv_test',
    body: input.body,
    version: v2 ? 2 : 1,
  });
}
