import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { FriendlyError } from '../friendly-error.js';

/** Nobody listens on it, on either loopback address: Caddy serves both. */
export async function isPortFree(port: number): Promise<boolean> {
  return (await canListen(port, '127.0.0.1')) && (await canListen(port, '::1'));
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'EADDRINUSE'));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

/**
 * The first of three free ports, for a stack that nobody needs to find by its default address. Below 32768, where Linux takes
 * the ports of outgoing connections from: between this look and the start of Caddy one of those would be taken now and then.
 */
export async function freePortBase(): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const base = randomInt(20_000, 32_000);
    if ((await isPortFree(base)) && (await isPortFree(base + 1)) && (await isPortFree(base + 2))) return base;
  }
  throw new Error('no three consecutive free ports found');
}

/** A free port for one server behind Caddy, out of reach of outgoing connections as well. */
export async function freeServerPort(): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const port = randomInt(10_000, 20_000);
    if (await isPortFree(port)) return port;
  }
  throw new Error('no free port found');
}

export async function requireFreePorts(base: number): Promise<void> {
  for (const port of [base, base + 1, base + 2]) {
    if (await isPortFree(port)) continue;
    throw new FriendlyError(
      `Port ${port} is already taken by another program.`,
      `Stop that program (see it with: ss -ltnp 'sport = :${port}') or choose other ports: PAYGATE_PORT_BASE=${base + 1000} npm start`,
    );
  }
}
