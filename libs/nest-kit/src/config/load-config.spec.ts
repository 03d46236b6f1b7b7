import { describe, expect, it } from '@jest/globals';
import { IsBoolean, IsInt, IsOptional, Max, ValidateBy } from 'class-validator';
import { ConfigError } from './config-error.js';
import { loadConfig } from './load-config.js';
import { ServiceConfig } from './service-config.js';

const KEY = Buffer.alloc(32, 7).toString('base64');
const COMPLETE = {
  PORT: '3001',
  MONGODB_URI: 'mongodb://db:27017',
  NATS_URL: 'nats://bus:4222',
  REDIS_URL: 'redis://cache:6379',
  SYSTEM_ENCRYPTION_KEY: `current:${KEY}`,
};

class AppConfig extends ServiceConfig {
  override MONGODB_DATABASE = 'paygate_admin';

  @IsInt()
  @Max(100)
  WORKERS = 4;

  @IsOptional()
  @IsInt()
  LIMIT?: number;

  @IsBoolean()
  VERBOSE = false;
}

function problemsOf(load: () => unknown): string[] {
  try {
    load();
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

describe('loadConfig', () => {
  it('gives an instance with defaults, read by type', () => {
    const config = loadConfig(AppConfig, { ...COMPLETE, WORKERS: '7', VERBOSE: 'true', LIMIT: '12' });
    expect(config).toBeInstanceOf(AppConfig);
    expect(config).toMatchObject({
      NODE_ENV: 'development',
      HOST: '127.0.0.1',
      PORT: 3001,
      MONGODB_DATABASE: 'paygate_admin',
      WORKERS: 7,
      VERBOSE: true,
      LIMIT: 12,
      SHUTDOWN_GRACE_MS: 10_000,
      RATE_LIMIT_ENABLED: true,
      RATE_LIMIT_EXEMPT: '127.0.0.1,::1',
    });
    expect(config.INTERNAL_HEALTH_TOKEN).toBeUndefined();
  });

  it('takes a blank variable as absent', () => {
    expect(loadConfig(AppConfig, { ...COMPLETE, WORKERS: '', LIMIT: '  ', HOST: '' })).toMatchObject({ WORKERS: 4, HOST: '127.0.0.1' });
  });

  it('takes a blank list that may be empty as it is', () => {
    expect(loadConfig(AppConfig, { ...COMPLETE, RATE_LIMIT_EXEMPT: ' ', TRUSTED_PROXIES: ' ' })).toMatchObject({
      RATE_LIMIT_EXEMPT: '',
      TRUSTED_PROXIES: '127.0.0.1,::1',
    });
  });

  it('leaves variables alone that are none of its own', () => {
    expect(loadConfig(AppConfig, { ...COMPLETE, PATH: '/bin' })).not.toHaveProperty('PATH');
  });

  it('names every missing variable at once', () => {
    const problems = problemsOf(() => loadConfig(AppConfig, {}));
    for (const name of ['PORT', 'MONGODB_URI', 'NATS_URL', 'REDIS_URL', 'SYSTEM_ENCRYPTION_KEY']) {
      expect(problems).toContainEqual(expect.stringContaining(`${name} is missing; expected `));
    }
    expect(problems).toHaveLength(5);
  });

  it.each([
    ['PORT', 'http', 'an integer'],
    ['PORT', '70000', 'not greater than 65535'],
    ['PORT', '1e3', 'an integer'],
    ['HOST', 'localhost', 'an IP address'],
    ['NODE_ENV', 'staging', 'development, test, production'],
    ['LOG_LEVEL', 'loud', 'info'],
    ['MONGODB_URI', 'postgres://db', 'mongodb://host'],
    ['NATS_URL', 'bus:4222', 'nats://host'],
    ['REDIS_URL', 'cache', 'redis://host'],
    ['TRUSTED_PROXIES', '127.0.0.1,proxy', 'CIDR'],
    ['TRUSTED_PROXIES', '10.0.0.0/99', 'CIDR'],
    ['RATE_LIMIT_ENABLED', 'yes', 'a boolean'],
    ['RATE_LIMIT_ENABLED', 'off', 'a boolean'],
    ['RATE_LIMIT_EXEMPT', 'localhost', 'CIDR'],
    ['RATE_LIMIT_EXEMPT', '127.0.0.1,', 'CIDR'],
    ['INTERNAL_HEALTH_TOKEN', 'short', '16'],
    ['SYSTEM_ENCRYPTION_KEY', KEY, 'base64(32 bytes)'],
    ['SYSTEM_ENCRYPTION_KEY', `k:${Buffer.alloc(31).toString('base64')}`, 'base64(32 bytes)'],
    ['SYSTEM_ENCRYPTION_KEY', `k:${KEY},k:${KEY}`, 'each key id once'],
    ['SYSTEM_ENCRYPTION_KEY', `k:${KEY.replace('=', '!')}`, 'base64(32 bytes)'],
    ['WORKERS', 'many', 'an integer'],
    ['VERBOSE', 'yes', 'a boolean'],
  ])('refuses %s=%s and says what is expected', (name, value, expected) => {
    const problems = problemsOf(() => loadConfig(AppConfig, { ...COMPLETE, [name]: value }));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(name);
    expect(problems[0]).toContain(expected);
  });

  it.each([
    ['true', true],
    ['false', false],
    ['0', false],
  ])('reads RATE_LIMIT_ENABLED=%s as %s', (text, value) => {
    expect(loadConfig(AppConfig, { ...COMPLETE, RATE_LIMIT_ENABLED: text }).RATE_LIMIT_ENABLED).toBe(value);
  });

  it.each([
    ['SYSTEM_ENCRYPTION_KEY', `new:${KEY},old:${KEY}`],
    ['TRUSTED_PROXIES', '10.0.0.0/8, 2001:db8::/32, 192.0.2.1'],
    ['RATE_LIMIT_EXEMPT', '192.0.2.0/24,2001:db8::/32'],
    ['MONGODB_URI', 'mongodb+srv://cluster.example.com/'],
  ])('accepts %s=%s', (name, value) => {
    expect(loadConfig(AppConfig, { ...COMPLETE, [name]: value })).toHaveProperty(name, value);
  });

  it('never prints a value, not even when a rule quotes it', () => {
    class Indiscreet extends AppConfig {
      @ValidateBy({ name: 'never', validator: { validate: () => false, defaultMessage: () => '$property has the odd value $value' } })
      API_SECRET!: string;
    }
    const env = {
      ...COMPLETE,
      SYSTEM_ENCRYPTION_KEY: 'k:hunter2hunter2',
      MONGODB_URI: 'http://user:pa55word@db',
      API_SECRET: 'very-secret',
    };
    try {
      loadConfig(Indiscreet, env);
    } catch (error) {
      const text = `${String(error)} ${(error as Error).stack ?? ''}`;
      expect(text).toContain('API_SECRET');
      for (const secret of ['hunter2', 'pa55word', 'very-secret']) expect(text).not.toContain(secret);
      return;
    }
    throw new Error('the configuration was accepted');
  });
});
