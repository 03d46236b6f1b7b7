import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const FOLDER = new URL('../../browser/checkout/styles/', import.meta.url);
/** Left and right of the screen: what has them would stand on the wrong side where people write from the right. */
const PHYSICAL = /(?:^|[\s;{])(?:(?:margin|padding|border|inset)-(?:left|right)|left|right|float)[\w-]*\s*:|text-align:\s*(?:left|right)/;

describe.each(readdirSync(FOLDER))('the style sheet %s', (name) => {
  const css = readFileSync(new URL(name, FOLDER), 'utf8');

  it('suits writing from the left and from the right', () => {
    expect(css.split('\n').filter((line) => PHYSICAL.test(line))).toEqual([]);
  });

  it('is whole by itself', () => {
    const count = (sign: string): number => css.split(sign).length - 1;
    expect(count('{')).toBe(count('}'));
  });
});

it.each(['  margin-left: 1px;', 'left: 0;', '  text-align: right;', 'a { border-right-color: red; }'])('would find %p', (line) => {
  expect(PHYSICAL.test(line)).toBe(true);
});
