import { describe, expect, it } from '@jest/globals';
import { epcText } from '@paygate/payments-domain';
import { renderToString } from 'preact-render-to-string';
import { TransferCode } from './transfer-code.js';

const transfer = { iban: 'DE89370400440532013000', bic: 'COBADEFFXXX', currency: 'EUR', reference: 'RF18KMNPQRSTVWXY' };
const svgOf = (text: string): string => renderToString(<TransferCode text={text} label="Scan" />);
const sizeOf = (svg: string): number => Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1]);

/** Draws the path again: the dark modules by row. */
function modulesOf(svg: string): boolean[][] {
  const size = sizeOf(svg);
  const rows = Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  for (const [, x = '', y = '', width = ''] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1H\d+z/g)) {
    for (let at = 0; at < Number(width); at++) {
      const row = rows[Number(y)];
      if (row) row[Number(x) + at] = true;
    }
  }
  return rows;
}

describe('TransferCode', () => {
  const svg = svgOf(epcText({ ...transfer, accountHolder: 'Müller & Söhne', amount: 4900 }) ?? '');

  it('has the three finder patterns, a quiet zone and a name', () => {
    const modules = modulesOf(svg);
    const size = modules.length;
    const finder = ['1111111', '1000001', '1011101', '1011101', '1011101', '1000001', '1111111'];
    for (const [left, top] of [
      [4, 4],
      [size - 11, 4],
      [4, size - 11],
    ] as const) {
      const seen = modules.slice(top, top + 7).map((row) =>
        row
          .slice(left, left + 7)
          .map((dark) => (dark ? '1' : '0'))
          .join(''),
      );
      expect(seen).toEqual(finder);
    }
    for (let at = 0; at < size; at++) {
      for (const edge of [0, 1, 2, 3, size - 1]) expect([modules[edge]?.[at], modules[at]?.[edge]]).toEqual([false, false]);
    }
    expect(svg).toContain('role="img" aria-label="Scan"');
  });

  it('stays within version 13, which the guideline allows at most', () => {
    const longest = svgOf(epcText({ ...transfer, accountHolder: 'ü'.repeat(70), amount: 99_999_999_999 }) ?? '');
    expect(sizeOf(longest) - 8).toBeLessThanOrEqual(69);
  });

  it('is another one for another text', () => expect(svgOf('BCD')).not.toBe(svg));
});
