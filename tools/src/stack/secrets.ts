import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a local stack needs to keep between starts besides its data: the key its secrets are encrypted with. */
export function loadOrCreateEncryptionKey(dataDir: string): string {
  const file = join(dataDir, 'encryption-key');
  if (!existsSync(file)) writeFileSync(file, `local1:${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  return readFileSync(file, 'utf8').trim();
}
