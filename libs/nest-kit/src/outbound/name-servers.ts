import { promises } from 'node:dns';
import type { LookupAddress, LookupOptions } from 'node:dns';
import { networkInterfaces } from 'node:os';

/** Finds the addresses of names. */
export interface NameResolver {
  /** In the form of `dns.lookup` with `all`: an error comes without a list. */
  resolve(
    hostname: string,
    options: LookupOptions & { all: true },
    callback: (error: NodeJS.ErrnoException | null, addresses?: LookupAddress[]) => void,
  ): void;
  /** Ends what is under way, with an error. */
  cancel?(): void;
}

const QUERY_TIMEOUT_MS = 2_000;
const QUERY_TRIES = 2;
/** The name is known not to have such an address; everything else may be different in a minute. */
const NO_ADDRESS = new Set(['ENOTFOUND', 'ENODATA']);

/**
 * Resolves names by asking name servers. `dns.lookup` takes one of few threads for each name until it is answered: some names whose
 * servers are silent would hold up everybody's. Here they hold up nobody. The hosts file and search domains are not used.
 */
export class NameServers implements NameResolver {
  private readonly resolver = new promises.Resolver({ timeout: QUERY_TIMEOUT_MS, tries: QUERY_TRIES });

  /** @param servers addresses with or without port; those of the machine when there are none */
  constructor(servers?: readonly string[]) {
    if (servers) this.resolver.setServers(servers);
  }

  resolve(...[hostname, , callback]: Parameters<NameResolver['resolve']>): void {
    const questions = [addressesOf(this.resolver.resolve4(hostname), 4)];
    if (reachesIPv6()) questions.push(addressesOf(this.resolver.resolve6(hostname), 6));
    void Promise.all(questions).then((answers) => {
      const addresses = answers.flatMap((answer) => ('addresses' in answer ? answer.addresses : []));
      if (addresses.length > 0) {
        callback(null, addresses);
        return;
      }
      const unknown = answers.some((answer) => 'code' in answer && !NO_ADDRESS.has(answer.code));
      callback(resolveError(hostname, unknown ? 'EAI_AGAIN' : 'ENOTFOUND'));
    });
  }

  cancel(): void {
    this.resolver.cancel();
  }
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
