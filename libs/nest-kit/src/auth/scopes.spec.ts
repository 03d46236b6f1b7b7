import { describe, expect, it } from '@jest/globals';
import { grants, isGrantable, SCOPES } from './scopes.js';

describe('SCOPES', () => {
  it('lists each scope once, as resource:action', () => {
    const names = SCOPES.map(({ scope }) => scope);
    expect(names).toHaveLength(74);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z_]+:(read|create|update|delete|execute)$/);
    for (const { grants: text } of SCOPES) expect(text).toMatch(/^[A-Z][^|]*[^| ]$/);
  });
});

describe('grants', () => {
  it.each([
    [['checkout:create'], 'checkout:create', true],
    [['checkout:*'], 'checkout:create', true],
    [['*'], 'checkout:create', true],
    [['site:read', 'checkout:create'], 'checkout:create', true],
    [[], 'checkout:create', false],
    [['checkout:read'], 'checkout:create', false],
    [['site:*'], 'checkout:create', false],
    [['*:create'], 'checkout:create', false],
    [['check:*'], 'checkout:create', false],
    [['checkout'], 'checkout:create', false],
    [['tax:*'], 'tax_rule:read', false],
  ])('%j and %s: %s', (granted, required, expected) => {
    expect(grants(granted, required)).toBe(expected);
  });
});

describe('isGrantable', () => {
  it.each(['*', 'checkout:*', 'checkout:create'])('%s', (text) => expect(isGrantable(text)).toBe(true));
  it.each(['', 'checkout', 'checkout:pay', 'unknown:*', 'unknown:read', '**', ':*'])('not %j', (text) =>
    expect(isGrantable(text)).toBe(false),
  );
});
