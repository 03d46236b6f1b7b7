import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buyerKeys, HOLD_ACTIONS, judgeHolds } from './customer-risk.js';
import type { HoldAction, HoldPart } from './customer-risk.js';

const hold = (action: HoldAction, ...allowedProviderTypes: string[]): HoldPart => ({ action, allowedProviderTypes });
const anyHold = fc.record({ action: fc.constantFrom(...HOLD_ACTIONS), allowedProviderTypes: fc.subarray(['wire', 'wise', 'stripe']) });

describe('a buyer', () => {
  it.each([
    [{}, []],
    [{ email: ' Ada@Example.COM ' }, ['email:ada@example.com']],
    [{ email: '  ', clientId: 'A'.repeat(24) }, [`client:${'a'.repeat(24)}`]],
    [{ email: 'a@b.example', clientId: 'b'.repeat(24) }, ['email:a@b.example', `client:${'b'.repeat(24)}`]],
  ])('%p is known by %p', (buyer, keys) => expect(buyerKeys(buyer)).toEqual(keys));
});

describe('holds', () => {
  it.each<[string, HoldPart[], object | undefined]>([
    ['none', [], undefined],
    ['one that blocks', [hold('block_all')], { kind: 'blocked' }],
    ['one to be reviewed', [hold('manual_review')], { kind: 'blocked' }],
    [
      'the strictest counts',
      [hold('allow_provider_types', 'wire'), hold('manual_review'), hold('block_all')],
      { by: { action: 'block_all' } },
    ],
    ['a restriction', [hold('allow_provider_types', 'wire', 'wise')], { kind: 'restricted', allowedProviderTypes: ['wire', 'wise'] }],
    [
      'two restrictions',
      [hold('allow_provider_types', 'wire', 'wise'), hold('allow_provider_types', 'wise')],
      { allowedProviderTypes: ['wise'] },
    ],
  ])('%s', (_name, holds, verdict) => {
    if (verdict) expect(judgeHolds(holds)).toMatchObject(verdict);
    else expect(judgeHolds(holds)).toBeUndefined();
  });

  it('another hold never allows more', () => {
    const allowed = (holds: HoldPart[]): readonly string[] => {
      const verdict = judgeHolds(holds);
      if (!verdict) return ['wire', 'wise', 'stripe'];
      return verdict.kind === 'blocked' ? [] : verdict.allowedProviderTypes;
    };
    fc.assert(
      fc.property(fc.array(anyHold, { maxLength: 4 }), anyHold, (holds, more) => {
        expect(allowed(holds)).toEqual(expect.arrayContaining([...allowed([...holds, more])]));
      }),
    );
  });
});
