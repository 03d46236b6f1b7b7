import { rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readDemoFile, writeDemoFile } from './demo-file.js';
import type { DemoFile } from './demo-file.js';
import { FriendlyError } from './friendly-error.js';
import { Progress } from './progress.js';
import { REPOSITORY_ROOT, Stack } from './stack/stack.js';

/** `npm start`: the whole platform on this machine until Ctrl-C. */
export async function start(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { 'ready-file': { type: 'string' } } });
  const readyFile = values['ready-file'] === undefined ? undefined : resolve(values['ready-file']);
  if (readyFile) rmSync(readyFile, { force: true });
  const progress = new Progress();
  const dataDir = resolve(REPOSITORY_ROOT, process.env['PAYGATE_DATA_DIR'] ?? '.data');

  const interrupted = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  const starting = Stack.start({ dataDir, portBase: portBaseFromEnvironment(), progress });
  const stack = await Promise.race([starting, interrupted.then(() => undefined)]);
  if (!stack) {
    progress.line('\n  Interrupted while starting; stopping what was started …');
    await starting.then((started) => started.stop()).catch(() => undefined);
    return 130;
  }
  try {
    const failed = new Promise<string>((resolve) => {
      stack.onUnexpectedExit = resolve;
    });
    const demo = await progress.step('Demo organization', () => seedDemo(stack, dataDir));
    if (readyFile) writeFileSync(readyFile, `${new Date().toISOString()}\n`);
    progress.line(welcome(stack, demo, join(dataDir, 'demo.json'), progress.elapsedSeconds()));
    const reason = await Promise.race([interrupted, failed]);
    if (typeof reason === 'string') throw new Error(`The stack stopped because ${reason}\nLogs: ${join(dataDir, 'logs')}`);
    progress.line('\n  Stopping …');
    return 0;
  } finally {
    if (readyFile) rmSync(readyFile, { force: true });
    await stack.stop();
    progress.line(`  Stopped. Data stays in ${dataDir}; the next npm start finds it again.`);
  }
}

function portBaseFromEnvironment(): number {
  const text = process.env['PAYGATE_PORT_BASE'] ?? '8080';
  const base = Number(text);
  if (!Number.isInteger(base) || base < 1 || base > 65_533) {
    throw new FriendlyError(
      `PAYGATE_PORT_BASE is "${text}", but must be a port number from 1 to 65533.`,
      'Example: PAYGATE_PORT_BASE=9080 npm start',
    );
  }
  return base;
}

/** The API key is only shown when it is made, so it is kept in demo.json; without that file a new one is issued. */
async function seedDemo(stack: Stack, dataDir: string): Promise<DemoFile> {
  const known = readDemoFile(dataDir);
  const seed = await stack.seedDemo(known === undefined);
  const apiKey = seed.apiKey ?? known?.apiKey;
  if (apiKey === undefined) throw new Error('the demo seed returned no API key');
  const demo: DemoFile = {
    ...known,
    adminApiUrl: stack.adminApiUrl,
    checkoutUrl: stack.checkoutUrl,
    hooksUrl: stack.hooksUrl,
    organizationId: seed.organizationId,
    siteId: seed.siteId,
    providerId: seed.providerId,
    ipnSigningSecret: seed.ipnSigningSecret,
    apiKey,
    signInUrl: seed.signInUrl,
    adminAccessToken: seed.adminAccessToken,
  };
  // Ids that changed mean another database than the file belongs to: its key is worth nothing there.
  if (known && known.organizationId !== seed.organizationId) {
    const renewed = await stack.seedDemo(true);
    Object.assign(demo, { apiKey: renewed.apiKey ?? apiKey, adminAccessToken: renewed.adminAccessToken });
  }
  writeDemoFile(dataDir, demo);
  return demo;
}

function welcome(stack: Stack, demo: DemoFile, file: string, seconds: string): string {
  return `
  paygate is ready after ${seconds} s                     Ctrl-C stops it

    Admin API   ${demo.adminApiUrl}/v1          documentation ${demo.adminApiUrl}/api/v1/docs/index.html
    Sign in     ${demo.signInUrl}
    Checkout    ${demo.checkoutUrl}
    Hooks       ${demo.hooksUrl}
    Database    ${stack.database}
    Credentials ${file}

  Create a checkout and open the "paymentUrl" of the answer in a browser:

    curl -s ${demo.adminApiUrl}/v1/checkouts/${demo.siteId}/create \\
      -H 'Authorization: Bearer ${demo.apiKey}' \\
      -H 'Content-Type: application/json' \\
      -d '{"amount": 4900, "currency": "EUR", "email": "buyer@example.com", "externalReference": "order-1",
           "items": [{"name": "Professional plan", "quantity": 1, "unitPrice": 4900, "itemType": "digital_service"}]}'

  Test card: 4242 4242 4242 4242, any future date, any CVC.
`;
}
