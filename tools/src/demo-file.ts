import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a local stack hands to the person who started it. Kept in `.data/demo.json`, readable by its owner only. */
export interface DemoFile {
  adminApiUrl: string;
  checkoutUrl: string;
  hooksUrl: string;
  organizationId: string;
  siteId: string;
  providerId: string;
  ipnSigningSecret: string;
  apiKey: string;
  /** The page for signing in; it registers the first administrator as long as there is none. */
  signInUrl: string;
  /** `Authorization: Token …`: acts as an Admin of the demo organization for a day, or until the next start. */
  adminAccessToken: string;
}

const path = (dataDir: string): string => join(dataDir, 'demo.json');

export function readDemoFile(dataDir: string): DemoFile | undefined {
  return existsSync(path(dataDir)) ? (JSON.parse(readFileSync(path(dataDir), 'utf8')) as DemoFile) : undefined;
}

export function writeDemoFile(dataDir: string, demo: DemoFile): void {
  writeFileSync(path(dataDir), `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
}
