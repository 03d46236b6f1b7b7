import { freePort } from '@paygate/testing';
import { createServer } from 'node:net';
import { FriendlyError } from '../friendly-error.js';

export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen(port, '127.0.0.1', () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}

/** The first of three consecutive free ports, for a stack that nobody needs to find by its default address. */
export async function freePortBase(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const base = await freePort();
    if (base < 65_000 && (await isPortFree(base + 1)) && (await isPortFree(base + 2))) return base;
  }
  throw new Error('no three consecutive free ports found');
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
