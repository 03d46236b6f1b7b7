import { describe, expect, it } from '@jest/globals';
import { HealthRegistry } from './health-registry.js';
import { isInternalAddress } from './internal-access.js';

const up = () => Promise.resolve();
const down = () => Promise.reject(new Error('connect mongodb://root:pa55@db refused'));

describe('HealthRegistry', () => {
  it.each([
    ['nothing registered', [], true],
    ['all up', [{ check: up, critical: true }], true],
    [
      'a critical one down',
      [
        { check: up, critical: true },
        { check: down, critical: true },
      ],
      false,
    ],
    [
      'a dispensable one down',
      [
        { check: up, critical: true },
        { check: down, critical: false },
      ],
      true,
    ],
  ])('%s', async (_what, entries, healthy) => {
    const registry = new HealthRegistry();
    entries.forEach(({ check, critical }, index) => registry.register(`check${index}`, check, { critical }));
    expect((await registry.run()).healthy).toBe(healthy);
  });

  it('reports each check without secrets', async () => {
    const registry = new HealthRegistry();
    registry.register('mongodb', down, { critical: true });
    registry.register('redis', up, { critical: false });
    expect((await registry.run()).checks).toEqual({
      mongodb: { status: 'down', critical: true, latencyMs: expect.any(Number), error: 'connect mongodb://[redacted]@db refused' },
      redis: { status: 'up', critical: false, latencyMs: expect.any(Number) },
    });
  });

  it('counts a check that does not answer or throws at once as down', async () => {
    const registry = new HealthRegistry();
    registry.register('silent', () => new Promise(() => undefined), { critical: true });
    registry.register(
      'throwing',
      () => {
        throw new Error('not connected');
      },
      { critical: true },
    );
    const { checks } = await registry.run();
    expect(checks['silent']).toMatchObject({ status: 'down', error: 'no answer within 2000 ms' });
    expect(checks['throwing']).toMatchObject({ status: 'down', error: 'not connected' });
  });

  it('refuses a name twice', () => {
    const registry = new HealthRegistry();
    registry.register('nats', up, { critical: true });
    expect(() => registry.register('nats', up, { critical: true })).toThrow('nats');
  });
});

describe('isInternalAddress', () => {
  it.each([
    '127.0.0.1',
    '127.8.8.8',
    '::1',
    '::ffff:127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    'fd00::1',
    '169.254.1.1',
    'fe80::1',
  ])('%s is internal', (address) => expect(isInternalAddress(address)).toBe(true));

  it.each(['8.8.8.8', '172.32.0.1', '::ffff:8.8.8.8', '2001:db8::1', '100.64.0.1', '0.0.0.0', 'unknown', '', undefined])(
    '%s is not',
    (address) => expect(isInternalAddress(address)).toBe(false),
  );
});
