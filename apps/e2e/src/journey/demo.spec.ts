import { expect, it } from '@jest/globals';
import { REPOSITORY_ROOT } from '@paygate/tools';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

it('npm run demo creates, pays, is notified and verifies, and says so', () => {
  const result = spawnSync(process.execPath, [join(REPOSITORY_ROOT, 'tools/bootstrap.mjs'), 'demo'], {
    encoding: 'utf8',
    timeout: 110_000,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  expect(result.stderr).toBe('');
  expect(result.stdout).toContain('✓ X-Signature-HMAC-SHA256 is the HMAC');
  expect(result.stdout).toContain('✓ webhook-signature verified by the standardwebhooks package');
  expect(result.stdout).toMatch(/merchant {2}reads the transaction: succeeded, 4900 EUR/);
  expect(result.status).toBe(0);
});
