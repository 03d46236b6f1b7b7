import { describe, expect, it } from '@jest/globals';
import { changedFields, MASK } from './changed-fields.js';

describe('changedFields', () => {
  it.each<[string, object | undefined, object | undefined, object[]]>([
    ['nothing', { a: 1 }, { a: 1 }, []],
    [
      'a new record',
      undefined,
      { a: 1, b: 'x' },
      [
        { field: 'a', after: 1 },
        { field: 'b', after: 'x' },
      ],
    ],
    ['a deleted record', { a: 1 }, undefined, [{ field: 'a', before: 1 }]],
    ['a changed field', { a: 1, b: 2 }, { a: 1, b: 3 }, [{ field: 'b', before: 2, after: 3 }]],
    ['a field inside', { a: { b: 1, c: 2 } }, { a: { b: 1 } }, [{ field: 'a.c', before: 2 }]],
    ['a list as a whole', { a: [1] }, { a: [1, 2] }, [{ field: 'a', before: [1], after: [1, 2] }]],
    ['null and undefined as absent', { a: null, b: undefined }, {}, []],
    ['a date as text', {}, { at: new Date(0) }, [{ field: 'at', after: '1970-01-01T00:00:00.000Z' }]],
    ['secrets', { secretHash: 'x' }, { secretHash: 'y' }, [{ field: 'secretHash', before: MASK, after: MASK }]],
    ['what is inside a secret', {}, { credentials: { key: 'sk' } }, [{ field: 'credentials.key', after: MASK }]],
    ['what was named', {}, { email: 'a@example.com' }, [{ field: 'email', after: MASK }]],
    ['a long text', {}, { a: 'x'.repeat(1001) }, [{ field: 'a', after: `${'x'.repeat(1000)}…` }]],
  ])('%s', (_name, before, after, expected) => expect(changedFields(before, after, ['email'])).toEqual(expected));
});
