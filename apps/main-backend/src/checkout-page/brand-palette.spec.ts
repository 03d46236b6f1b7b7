import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { brandPalette, contrast, luminance, textOn, withContrast } from './brand-palette.js';

const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

describe('contrast', () => {
  // Published examples of the WCAG formula.
  it.each([
    ['#000000', '#ffffff', 21],
    ['#ffffff', '#ffffff', 1],
    ['#767676', '#ffffff', 4.54],
    ['#ff0000', '#ffffff', 4],
    ['#0000ff', '#ffffff', 8.59],
  ])('of %s and %s is %d', (one, other, expected) => {
    expect(contrast(one, other)).toBeCloseTo(expected, 1);
    expect(contrast(other, one)).toBe(contrast(one, other));
  });

  it('rises with lightness', () => {
    expect(luminance('#000000')).toBe(0);
    expect(luminance('#ffffff')).toBeCloseTo(1, 5);
  });
});

describe('withContrast', () => {
  it('leaves a colour alone that already stands out', () => {
    expect(withContrast('#1f4fd8', '#ffffff', 4.5)).toBe('#1f4fd8');
  });

  it('reaches the ratio for any colour on any ground that allows it', () => {
    fc.assert(
      fc.property(colour, colour, (brand, ground) => {
        const best = Math.max(contrast('#000000', ground), contrast('#ffffff', ground));
        fc.pre(best >= 4.5);
        expect(contrast(withContrast(brand, ground, 3), ground)).toBeGreaterThanOrEqual(3);
      }),
    );
  });
});

describe('brandPalette', () => {
  it('makes every brand colour readable in both schemes', () => {
    fc.assert(
      fc.property(colour, (brand) => {
        const { light, dark } = brandPalette(brand);
        for (const [colours, grounds] of [
          [light, ['#ffffff', '#f4f5f7']],
          [dark, ['#1c1f26', '#12141a']],
        ] as const) {
          expect(contrast(colours.onButton, colours.button)).toBeGreaterThanOrEqual(4.5);
          for (const ground of grounds) {
            expect(contrast(colours.buttonEdge, ground)).toBeGreaterThanOrEqual(3);
            expect(contrast(colours.accent, ground)).toBeGreaterThanOrEqual(4.5);
          }
        }
      }),
    );
  });

  it.each([undefined, '', 'red', '#fff', '#12345g', '#123456;}body{display:none', 'url(https://evil.example)'])(
    'does not let %p into the style sheet',
    (value) => expect(brandPalette(value)).toEqual(brandPalette('#1f4fd8')),
  );

  it.each([
    ['#ffe600', '#000000'],
    ['#111827', '#ffffff'],
  ])('writes on %s in %s', (brand, text) => expect(textOn(brand)).toBe(text));
});
