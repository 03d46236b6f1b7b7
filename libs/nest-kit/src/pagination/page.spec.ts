import { describe, expect, it } from '@jest/globals';
import { DomainError } from '@paygate/kernel';
import fc from 'fast-check';
import { createValidationPipe } from '../validation/validation-pipe.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import { PageQuery, presentPage } from './page.js';

const read = (query: object): Promise<unknown> => createValidationPipe().transform(query, { type: 'query', metatype: PageQuery });

describe('PageQuery', () => {
  it.each([
    [{}, { page: 1, limit: 50 }],
    [
      { page: '3', limit: '100' },
      { page: 3, limit: 100 },
    ],
    [{ cursor: 'abc' }, { page: 1, limit: 50, cursor: 'abc' }],
  ])('reads %j', async (query, expected) => {
    expect(await read(query)).toEqual(expected);
  });

  it.each([
    ['page', '0'],
    ['page', '-1'],
    ['page', '1.5'],
    ['page', 'abc'],
    ['page', ''],
    ['page', ['1', '2']],
    ['page', '99999999999999999999'],
    ['limit', '0'],
    ['limit', '101'],
    ['limit', '1e1'],
    ['limit', '0x10'],
    ['cursor', ['a', 'b']],
    ['pages', '1'],
  ])('refuses %s=%j', async (field, value) => {
    await expect(read({ [field]: value })).rejects.toMatchObject({ code: 'validation_failed', details: [{ field }] });
  });
});

describe('presentPage', () => {
  it('names the list after the resource and leaves an absent cursor out', () => {
    const page = { items: [1, 2], total: 9, page: 1, limit: 2 };
    expect(presentPage('numbers', page, (n) => ({ n }))).toEqual({ numbers: [{ n: 1 }, { n: 2 }], total: 9, page: 1, limit: 2 });
    expect(presentPage('numbers', { ...page, nextCursor: 'c' }, (n) => n)).toHaveProperty('nextCursor', 'c');
  });
});

describe('cursor', () => {
  it('comes back as it went', () => {
    const id = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 8.64e14 }), id, (at, id) => {
        expect(decodeCursor(encodeCursor({ at: new Date(at), id }))).toEqual({ at: new Date(at), id });
      }),
    );
  });

  it('anything else is a bad request on the field cursor, never a crash', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          expect(encodeCursor(decodeCursor(text))).toBe(text);
        } catch (error) {
          expect(error).toBeInstanceOf(DomainError);
          expect(error).toMatchObject({ code: 'validation_failed', details: [{ field: 'cursor' }] });
        }
      }),
    );
  });

  it.each([
    '',
    'abc',
    encodeCursor({ at: new Date(0), id: 'x' }).slice(1),
    Buffer.from('1.$gt').toString('base64url'),
    Buffer.from('999999999999999.a').toString('base64'),
  ])('refuses %j', (text) => expect(() => decodeCursor(text)).toThrow(DomainError));
});
