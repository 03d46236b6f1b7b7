import { describe, expect, it } from '@jest/globals';
import { shapeProblem } from './body-shape.js';

describe('the shape of a body', () => {
  it.each([
    [0, 'text', undefined],
    [0, null, undefined],
    [0, {}, undefined],
    [0, Buffer.from('bytes'), undefined],
    [0, { a: 1 }, 'depth'],
    [1, { a: 1 }, undefined],
    [1, { a: {} }, undefined],
    [1, { a: { b: 1 } }, 'depth'],
    [2, [{ a: [] }, { b: 1 }], undefined],
    [2, [{ a: [1] }], 'depth'],
    [2, { constructors: 1, aconstructor: { b: 1 } }, undefined],
  ])('%i levels, %j → %p', (levels, value, code) => expect(shapeProblem(levels, value)?.code).toBe(code));

  it.each([
    ['{"constructor":"x"}', 'constructor'],
    ['{"credentials":{"constructor":"x"}}', 'credentials.constructor'],
    ['{"items":[{"name":"a"},{"constructor":{}}]}', 'items.1.constructor'],
  ])('%s names a field like a method', (text, field) => {
    expect(shapeProblem(32, JSON.parse(text))).toMatchObject({ field, code: 'reserved_name' });
  });

  it('holds for what no stack could', () => {
    const endless: unknown = JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`);
    expect(shapeProblem(32, endless)?.code).toBe('depth');
  });
});
