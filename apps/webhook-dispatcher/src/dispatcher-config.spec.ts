import { describe, expect, it } from '@jest/globals';
import { ConfigError, loadConfig } from '@paygate/nest-kit';
import { DispatcherConfig } from './dispatcher-config.js';

const needed = {
  MONGODB_URI: 'mongodb://localhost:27017',
  NATS_URL: 'nats://localhost:4222',
  REDIS_URL: 'redis://localhost:6379',
  SYSTEM_ENCRYPTION_KEY: `k1:${Buffer.alloc(32, 'secret').toString('base64')}`,
};

function problemsOf(environment: Record<string, string>): string[] {
  try {
    loadConfig(DispatcherConfig, { ...needed, ...environment });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('DispatcherConfig', () => {
  it('has safe defaults', () => {
    expect(loadConfig(DispatcherConfig, needed)).toMatchObject({
      PORT: 3003,
      MONGODB_DATABASE: 'paygate_dispatch',
      PAYGATE_ALLOW_PRIVATE_TARGETS: false,
      DELIVERY_TIMEOUT_MS: 15_000,
      RETENTION_DAYS: 90,
      DELIVERY_RETENTION_DAYS: 365,
    });
  });

  it('lets private targets be allowed for development, never in production', () => {
    expect(problemsOf({ PAYGATE_ALLOW_PRIVATE_TARGETS: 'true' })).toEqual([]);
    expect(problemsOf({ PAYGATE_ALLOW_PRIVATE_TARGETS: 'true', NODE_ENV: 'production' })).toEqual([
      expect.stringContaining('PAYGATE_ALLOW_PRIVATE_TARGETS'),
    ]);
    expect(problemsOf({ NODE_ENV: 'production' })).toEqual([]);
  });

  it.each(['http://proxy:3128', 'https://user:p%40ss@proxy.example', ''])('takes %p as a proxy', (url) => {
    expect(problemsOf({ DELIVERY_PROXY_URL: url })).toEqual([]);
  });

  it.each([
    ['DELIVERY_TIMEOUT_MS', '0'],
    ['DELIVERY_TIMEOUT_MS', '600000'],
    ['DELIVERY_CONCURRENCY', '0'],
    ['DELIVERY_CONCURRENCY_PER_ORIGIN', 'many'],
    ['DELIVERY_SWEEP_MS', '1'],
    ['RETENTION_DAYS', '0'],
    ['DELIVERY_RETENTION_DAYS', '30'],
    ['PAYGATE_ALLOW_PRIVATE_TARGETS', 'perhaps'],
    ['DELIVERY_PROXY_URL', 'proxy.example:3128'],
    ['DELIVERY_PROXY_URL', 'socks5://proxy.example:1080'],
    ['DELIVERY_PROXY_URL', 'http://proxy.example/path'],
  ])('refuses %s=%s', (name, value) => expect(problemsOf({ [name]: value })).toEqual([expect.stringContaining(name)]));
});
