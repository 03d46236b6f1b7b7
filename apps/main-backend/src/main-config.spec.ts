import { describe, expect, it } from '@jest/globals';
import { ConfigError, loadConfig } from '@paygate/nest-kit';
import { MainConfig } from './main-config.js';

const ENOUGH = {
  MONGODB_URI: 'mongodb://127.0.0.1:27017',
  NATS_URL: 'nats://127.0.0.1:4222',
  REDIS_URL: 'redis://127.0.0.1:6379',
  SYSTEM_ENCRYPTION_KEY: `k1:${Buffer.from(Array.from({ length: 32 }, (_, index) => index)).toString('base64')}`,
  CHECKOUT_PUBLIC_URL: 'http://localhost:8081',
  HOOKS_PUBLIC_URL: 'http://localhost:8082',
};

describe('MainConfig', () => {
  it('has defaults for what an operator need not decide', () => {
    expect(loadConfig(MainConfig, ENOUGH)).toMatchObject({ PORT: 3002, MONGODB_DATABASE: 'paygate_main', RECONCILE_AFTER_MS: 60_000 });
  });

  it.each([
    { variable: 'CHECKOUT_PUBLIC_URL', value: '' },
    { variable: 'CHECKOUT_PUBLIC_URL', value: 'pay.example.com' },
    { variable: 'HOOKS_PUBLIC_URL', value: 'ftp://hooks.example.com' },
    { variable: 'RECONCILE_AFTER_MS', value: '0' },
    { variable: 'PAYGATE_FAULT', value: 'something-else' },
    { variable: 'PAYGATE_ALLOW_PRIVATE_TARGETS', value: 'perhaps' },
  ])('refuses $variable=$value', ({ variable, value }) => {
    const load = (): MainConfig => loadConfig(MainConfig, { ...ENOUGH, [variable]: value });
    expect(load).toThrow(ConfigError);
    expect(load).toThrow(variable);
  });

  it('keeps providers out of the private network unless told otherwise, and always in production', () => {
    const open = { ...ENOUGH, PAYGATE_ALLOW_PRIVATE_TARGETS: 'true' };
    expect(loadConfig(MainConfig, ENOUGH).PAYGATE_ALLOW_PRIVATE_TARGETS).toBe(false);
    expect(loadConfig(MainConfig, open).PAYGATE_ALLOW_PRIVATE_TARGETS).toBe(true);
    expect(() => loadConfig(MainConfig, { ...open, NODE_ENV: 'production' })).toThrow(/PAYGATE_ALLOW_PRIVATE_TARGETS/);
  });

  it('takes a fault in tests, never in production', () => {
    const faulty = { ...ENOUGH, PAYGATE_FAULT: 'exit-after-provider-success' };
    expect(loadConfig(MainConfig, { ...faulty, NODE_ENV: 'test' }).PAYGATE_FAULT).toBe('exit-after-provider-success');
    expect(() => loadConfig(MainConfig, { ...faulty, NODE_ENV: 'production' })).toThrow(/PAYGATE_FAULT/);
  });
});
