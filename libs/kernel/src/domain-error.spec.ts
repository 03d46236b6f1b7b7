import { describe, expect, it } from '@jest/globals';
import { DomainError } from './domain-error.js';
import { ERRORS } from './error-table.js';
import { TenantScope } from './tenant-scope.js';

describe('DomainError', () => {
  it('crosses a service boundary and stays the same error', () => {
    const error = DomainError.invalid({
      field: 'amount',
      code: 'not_positive',
      message: 'amount must be positive.',
      expected: 'a positive integer',
    });
    const rebuilt = DomainError.fromWire(JSON.parse(JSON.stringify(error.toWire())) as object);
    expect(rebuilt).toMatchObject({ code: 'validation_failed', status: 400, message: error.message, details: error.details });
  });

  it.each([{ code: 'no_such_code', message: 'x' }, { code: 'toString' }, {}])(
    'takes an unknown wire error %p for an internal one',
    (wire) => {
      expect(DomainError.fromWire(wire)).toMatchObject({ code: 'internal_error', status: 500, message: ERRORS.internal_error.title });
    },
  );

  it('has a usable text and an error status for every code', () => {
    for (const [code, { status, title }] of Object.entries(ERRORS)) {
      expect(code).toMatch(/^([a-z_]+|CHECKOUT_[A-Z_]+)$/);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(title).toMatch(/^[A-Z].+\.$/);
    }
  });
});

describe('TenantScope', () => {
  it.each(['', 'abc', '507F1F77BCF86CD799439011'])('refuses %p as an organization', (id) => {
    expect(() => TenantScope.of(id, true)).toThrow(TypeError);
  });
});
