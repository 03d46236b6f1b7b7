import { describe, expect, it } from '@jest/globals';
import { csvDownload, safeCell, textDownload } from './download.js';
import type { Download } from './download.js';

async function textOf({ content }: Download): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of content) parts.push(Buffer.from(part as Uint8Array));
  return Buffer.concat(parts).toString();
}

describe('safeCell', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+49 30', "'+49 30"],
    ['-cmd', "'-cmd"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['＝1', "'＝1"],
    ['-1-1', "'-1-1"],
    ['-12.50', '-12.50'],
    ['-5', '-5'],
    ['FR', 'FR'],
    ['', ''],
  ])('%j becomes %j', (given, expected) => expect(safeCell(given)).toBe(expected));
});

describe('csvDownload', () => {
  it('has a header, quotes what needs it, and leaves out what is not there', async () => {
    const rows = [{ a: 'x, "y"', b: -3 }, { a: '=HYPERLINK("http://x")' }];
    expect(await textOf(csvDownload('t.csv', ['a', 'b'], rows))).toBe('a,b\n"x, ""y""",-3\n"\'=HYPERLINK(""http://x"")",\n');
  });

  it('is handed on while it is made, and breaks off when it cannot be finished', async () => {
    function* failing(): Generator<{ a: string }> {
      yield { a: '1' };
      throw new Error('gone');
    }
    await expect(textOf(csvDownload('t.csv', ['a'], failing()))).rejects.toThrow('gone');
  });

  it('text as it is', async () => expect(await textOf(textDownload('t.xml', 'application/xml', ['<a>', 'ä</a>']))).toBe('<a>ä</a>'));
});
