import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findTransferReferences, isTransferReference, spacedReference, transferReference } from './transfer-reference.js';

const ID = '65f1a2b3c4d5e6f708192a3b';
const anId = fc.stringMatching(/^[0-9a-f]{24}$/);
const reference = transferReference(ID);

describe('transferReference', () => {
  it('is short, and the same for the same transaction', () => {
    expect(reference).toMatch(/^RF\d{2}[A-HJKMNP-TV-Z]{12}$/);
    expect(transferReference(ID)).toBe(reference);
    expect(spacedReference(reference)).toMatch(/^RF\d{2}( [0-9A-Z]{4}){3}$/);
    expect(spacedReference(reference).replaceAll(' ', '')).toBe(reference);
  });

  it('keeps the check digits of ISO 11649', () => {
    // The example of the standard's own literature.
    expect(mod97('RF18539007547034')).toBe(1n);
    fc.assert(fc.property(anId, (id) => mod97(transferReference(id)) === 1n && isTransferReference(transferReference(id))));
  });

  it('is another one for every other transaction', () => {
    fc.assert(fc.property(anId, anId, (one, other) => one === other || transferReference(one) !== transferReference(other)));
  });

  it('notices any one letter mistyped, and any two neighbours exchanged', () => {
    fc.assert(
      fc.property(anId, fc.nat(11), fc.nat(21), (id, at, symbol) => {
        const right = transferReference(id);
        const place = at + 4;
        const typed = 'ABCDEFGHJKMNPQRSTVWXYZ'[symbol] ?? 'A';
        const wrong = right.slice(0, place) + typed + right.slice(place + 1);
        return wrong === right || !isTransferReference(wrong);
      }),
    );
    fc.assert(
      fc.property(anId, fc.nat(10), (id, at) => {
        const right = transferReference(id);
        const place = at + 4;
        const wrong = right.slice(0, place) + right.charAt(place + 1) + right.charAt(place) + right.slice(place + 2);
        return wrong === right || !isTransferReference(wrong);
      }),
    );
  });
});

describe('findTransferReferences', () => {
  const spaced = spacedReference(reference);
  it.each([
    ['alone', reference],
    ['in groups', spaced],
    ['in small letters', spaced.toLowerCase()],
    ['between words', `Order 4711 / ${spaced}, thank you!`],
    ['without RF', reference.slice(2)],
    ['with dots and dashes', reference.split('').join('.-')],
    ['over two lines', `${reference.slice(0, 9)}\r\n${reference.slice(9)}`],
    ['with letters for digits', `RF${reference.slice(2, 4).replaceAll('0', 'O').replaceAll('1', 'l')}${reference.slice(4)}`],
    ['as the bank names it', `EREF+NOTPROVIDED SVWZ+${reference}`],
    ['glued to other text', `INVOICE12${reference}PAID`],
  ])('finds it %s', (_how, text) => expect(findTransferReferences(text)).toContain(reference));

  it.each([
    ['nothing', ''],
    ['a mistyped one', reference.slice(0, -1) + (reference.endsWith('A') ? 'B' : 'A')],
    ['part of one', reference.slice(0, -1)],
    ['other text', 'Invoice 2026-0815 of March, thank you'],
    ['an IBAN', 'DE89370400440532013000'],
  ])('does not find it in %s', (_what, text) => expect(findTransferReferences(text)).not.toContain(reference));

  it('finds several', () => {
    const other = transferReference('65f1a2b3c4d5e6f708192a3c');
    expect(findTransferReferences(`${reference} and ${other}`)).toEqual(expect.arrayContaining([reference, other]));
  });

  it('finds what is there in whatever text, and never what is not', () => {
    fc.assert(
      fc.property(anId, anId, fc.string({ maxLength: 60 }), fc.string({ maxLength: 60 }), (id, other, before, after) => {
        // A text that ends in a letter or digit glues to the reference, and still does not hide it.
        const found = findTransferReferences(`${before} ${spacedReference(transferReference(id)).toLowerCase()} ${after}`);
        return found.includes(transferReference(id)) && (id === other || !found.includes(transferReference(other)));
      }),
    );
    fc.assert(
      fc.property(anId, fc.string({ maxLength: 200 }), (id, text) => !findTransferReferences(text).includes(transferReference(id))),
    );
  });

  it('ends, however long the text', () => expect(findTransferReferences('12ABCDEFGH'.repeat(100_000)).length).toBeLessThan(10));
});

function mod97(text: string): bigint {
  const turned = text.slice(4) + text.slice(0, 4);
  return BigInt(turned.replaceAll(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))) % 97n;
}
