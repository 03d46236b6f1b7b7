import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY_ROOT } from '../src/stack/stack.js';

const read = (file: string): string => readFileSync(join(REPOSITORY_ROOT, file), 'utf8');

/** The properties of a config class are its variables; constants of the same form stand outside of the class. */
const CONFIG_CLASSES = [
  'libs/nest-kit/src/config/service-config.ts',
  'apps/admin-api/src/admin-config.ts',
  'apps/admin-api/src/demo-seed/seed-config.ts',
  'apps/main-backend/src/main-config.ts',
  'apps/main-backend/src/sandbox-provider/sandbox.config.ts',
  'apps/webhook-dispatcher/src/dispatcher-config.ts',
];

it('docs/configuration.md explains every variable the services and Caddy read, and no other', () => {
  const ofClasses = CONFIG_CLASSES.flatMap((file) =>
    [...read(file).matchAll(/^ {2}(?:override )?([A-Z][A-Z0-9_]+)[?!:\s]/gm)].map(([, name]) => name ?? ''),
  );
  const ofCaddy = [...read('Caddyfile').matchAll(/\{\$([A-Z_]+)/g)].map(([, name]) => name ?? '');
  const ofTools = ['PAYGATE_PORT_BASE', 'PAYGATE_DATA_DIR'];
  const explained = [...read('docs/configuration.md').matchAll(/`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|HOST|PORT)`/g)].map(
    ([, name]) => name ?? '',
  );
  expect([...new Set(explained)].sort()).toEqual([...new Set([...ofClasses, ...ofCaddy, ...ofTools])].sort());
});
