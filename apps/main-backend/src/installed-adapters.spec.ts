import { describe, expect, it } from '@jest/globals';
import { PROVIDER_TYPES } from '@paygate/payments-domain';
import { installedAdapters } from './installed-adapters.js';

describe('the installed adapters', () => {
  const adapters = installedAdapters({ HOOKS_PUBLIC_URL: 'https://hooks.example.test', PAYGATE_ALLOW_PRIVATE_TARGETS: false });

  it('are those the catalogue calls available', () => {
    const available = PROVIDER_TYPES.filter((type) => type.available).map(({ type }) => type);
    expect(adapters.map(({ type }) => type).sort()).toEqual(available.sort());
  });

  it('agree with the catalogue on what is for tests only', () => {
    for (const { type, testModeOnly = false } of adapters) {
      expect([type, PROVIDER_TYPES.find((entry) => entry.type === type)?.supportsLive]).toEqual([type, !testModeOnly]);
    }
  });
});
