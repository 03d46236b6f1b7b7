/** Letters that no decomposition takes apart. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ŋ: 'n',
  ŧ: 't',
  ς: 'σ',
};
const SPECIAL = new RegExp(`[${Object.keys(PLAIN_LETTERS).join('')}]`, 'g');

/** How German and Nordic names are written where the keyboard lacks the letter. */
const TRANSCRIPTIONS: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe' };
const TRANSCRIBED = new RegExp(`[${Object.keys(TRANSCRIPTIONS).join('')}]`, 'g');

/** Small letters and digits without marks, alike however the text was typed: `Łódź` → `lodz`, `Ångström` → `angstrom`. */
export function fold(text: string): string {
  return (
    withoutMarks(withoutMarks(text).toLowerCase())
      .replaceAll(SPECIAL, (letter) => PLAIN_LETTERS[letter] ?? letter)
      // An apostrophe counts as a letter in Unicode when it is the modifier U+02BC.
      .replaceAll(/[^\p{L}\p{N}]|ʼ/gu, '')
  );
}

/** The folded forms under which a word is known, the usual one first: `Müller` → `muller`, `mueller`. */
export function spellings(word: string): string[] {
  const transcribed = word
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(TRANSCRIBED, (letter) => TRANSCRIPTIONS[letter] ?? letter);
  return [...new Set([fold(word), fold(transcribed)])];
}

function withoutMarks(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '');
}
