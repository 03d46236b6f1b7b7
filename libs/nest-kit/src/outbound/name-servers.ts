import { promises } from 'node:dns';
import type { LookupAddress, LookupOptions } from 'node:dns';
import { networkInterfaces } from 'node:os';

/** Finds the addresses of a name, in the form of `dns.lookup` with `all`: an error comes without a list. */
export type ResolveName = (
  hostname: string,
  options: LookupOptions & { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses?: LookupAddress[]) => void,
) => void;

const QUERY_TIMEOUT_MS = 2_000;
const QUERY_TRIES = 2;
/** The name is known not to have such an address; everything else may be different in a minute. */
const NO_ADDRESS = new Set(['ENOTFOUND', 'ENODATA']);

/**
 * Resolves names by asking name servers, those of the machine unless others are given. `dns.lookup` takes one of few threads for each
 * name until it is answered: some names whose servers are silent would hold up everybody's. Here they hold up nobody. The hosts file
 * and search domains are not used.
 */
export function askNameServers(servers?: readonly string[]): ResolveName {
  const resolver = new promises.Resolver({ timeout: QUERY_TIMEOUT_MS, tries: QUERY_TRIES });
  if (servers) resolver.setServers(servers);
  return (hostname, _options, callback) => {
    const questions = [addressesOf(resolver.resolve4(hostname), 4)];
    if (reachesIPv6()) questions.push(addressesOf(resolver.resolve6(hostname), 6));
    void Promise.all(questions).then((answers) => {
      const addresses = answers.flatMap((answer) => ('addresses' in answer ? answer.addresses : []));
      if (addresses.length > 0) {
        callback(null, addresses);
        return;
      }
      const unknown = answers.some((answer) => 'code' in answer && !NO_ADDRESS.has(answer.code));
      callback(resolveError(hostname, unknown ? 'EAI_AGAIN' : 'ENOTFOUND'));
    });
  };
}

/** @param code ENOTFOUND: there is no such address. EAI_AGAIN: nobody could say. */
export function resolveError(hostname: string, code: 'ENOTFOUND' | 'EAI_AGAIN'): NodeJS.ErrnoException {
  return Object.assign(new Error(`${hostname} ${code === 'ENOTFOUND' ? 'has no address' : 'cannot be resolved'}`), { code });
}

async function addressesOf(answer: Promise<string[]>, family: 4 | 6): Promise<{ addresses: LookupAddress[] } | { code: string }> {
  try {
    return { addresses: (await answer).map((address) => ({ address, family })) };
  } catch (error) {
    return { code: error instanceof Error && 'code' in error ? String(error.code) : '' };
  }
}

/** Where only the own link speaks IPv6, such addresses would cost time and lead nowhere. */
function reachesIPv6(): boolean {
  return Object.values(networkInterfaces()).some((addresses) =>
    addresses?.some(({ family, internal, address }) => family === 'IPv6' && !internal && !address.startsWith('fe80:')),
  );
}
