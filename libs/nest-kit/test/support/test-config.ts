import { loadConfig, ServiceConfig } from '../../src/index.js';

export class TestConfig extends ServiceConfig {
  override MONGODB_DATABASE: string = 'paygate_test';
}

/** A complete environment; nothing behind its addresses is contacted. */
export const COMPLETE_ENVIRONMENT: Readonly<Record<string, string>> = {
  NODE_ENV: 'test',
  PORT: '0',
  LOG_LEVEL: 'silent',
  MONGODB_URI: 'mongodb://127.0.0.1:27017',
  NATS_URL: 'nats://127.0.0.1:4222',
  REDIS_URL: 'redis://127.0.0.1:6379',
  SYSTEM_ENCRYPTION_KEY: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
};

export function testConfig(changes: Record<string, string> = {}): TestConfig {
  return loadConfig(TestConfig, { ...COMPLETE_ENVIRONMENT, ...changes });
}
