import { describe, expect, it } from '@jest/globals';
import { DEFAULT_TAX_SETTINGS } from '@paygate/tax';
import { mergedSettings } from './merged-settings.js';
import type { TaxSettingsChange } from './merged-settings.js';

const BEFORE = {
  ...DEFAULT_TAX_SETTINGS,
  vatId: 'DE811907980',
  registrations: [{ country: 'CH' }],
  oss: { enabled: true, scheme: 'union', country: 'DE', thresholdExceeded: false },
} as const;

describe('a change of tax settings', () => {
  it.each<[string, TaxSettingsChange, object]>([
    ['nothing', {}, {}],
    ['undefined', { vatId: undefined, oss: { country: undefined } }, {}],
    ['a field', { enabled: true }, { enabled: true }],
    ['a field of a group', { oss: { scheme: 'non_union' } }, { oss: { ...BEFORE.oss, scheme: 'non_union' } }],
    ['null', { vatId: null }, { vatId: undefined }],
    ['null within a group', { oss: { country: null } }, { oss: { enabled: true, scheme: 'union', thresholdExceeded: false } }],
    ['a list', { registrations: [{ country: 'NO', vatId: undefined }] }, { registrations: [{ country: 'NO' }] }],
    ['an empty list', { registrations: [] }, { registrations: [] }],
  ])('with %s', (_name, change, expected) => {
    expect(mergedSettings(BEFORE, change)).toEqual({ ...BEFORE, ...expected });
  });

  it('leaves nothing undefined, and what was there alone', () => {
    const copy = structuredClone(BEFORE);
    const after = mergedSettings(BEFORE, { vatId: null, registrations: [{ country: 'NO', vatId: undefined }], oss: { country: null } });
    expect(Object.keys(after)).not.toContain('vatId');
    expect(after.registrations.map((registration) => Object.keys(registration))).toEqual([['country']]);
    expect(BEFORE).toEqual(copy);
  });
});
