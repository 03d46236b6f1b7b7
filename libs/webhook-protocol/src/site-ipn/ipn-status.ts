/** The integer a site IPN carries for each transaction status. The numbers are public and never change. */
export const IPN_STATUS = {
  cancelled: -2,
  initiated: -1,
  pending_provider: 0,
  succeeded: 1,
  failed: 2,
  refunded: 3,
  charged_back: 4,
} as const satisfies Record<string, number>;

export type IpnStatusName = keyof typeof IPN_STATUS;
export type IpnStatusCode = (typeof IPN_STATUS)[IpnStatusName];

export function ipnStatus(status: IpnStatusName): IpnStatusCode {
  return IPN_STATUS[status];
}

export function isIpnStatusCode(value: unknown): value is IpnStatusCode {
  return (Object.values(IPN_STATUS) as unknown[]).includes(value);
}
