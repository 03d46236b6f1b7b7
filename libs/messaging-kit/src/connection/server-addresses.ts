import type { NodeConnectionOptions } from '@nats-io/transport-node';

/**
 * Reads NATS_URL: one or several `nats://[user:password@]host[:port]` (or `tls://`), separated by commas.
 * A user without a password is a token. The credentials of the first address count for all.
 * @throws TypeError naming the part that is not an address; never with the credentials in it.
 */
export function readServerAddresses(url: string): Pick<NodeConnectionOptions, 'servers' | 'user' | 'pass' | 'token' | 'tls'> {
  const addresses = url.split(',').map((part, index) => {
    const address = URL.canParse(part.trim()) ? new URL(part.trim()) : undefined;
    if (!address || !['nats:', 'tls:'].includes(address.protocol) || !address.hostname) {
      throw new TypeError(`address ${index + 1} of NATS_URL must look like nats://host:4222`);
    }
    return address;
  });
  const servers = addresses.map((address) => `${address.hostname}:${address.port || '4222'}`);
  const [first] = addresses;
  const user = decodeURIComponent(first?.username ?? '');
  const pass = decodeURIComponent(first?.password ?? '');
  return {
    servers,
    ...(pass ? { user, pass } : user ? { token: user } : {}),
    ...(first?.protocol === 'tls:' ? { tls: {} } : {}),
  };
}
