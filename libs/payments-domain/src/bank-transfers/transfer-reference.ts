import { createHash } from 'node:crypto';

/** Without I, L, O and U, which are easily confused. Letters alone: the check digits then notice every mistyped character. */
const ALPHABET = 'ABCDEFGHJKMNPQRSTVWXYZ';
const BODY_LENGTH = 12;
const LETTERS = `[${ALPHABET}]{${BODY_LENGTH}}`;
const FORM = new RegExp(`^RF\\d{2}${LETTERS}$`);
/** Overlapping ones, too. Check digits may be typed as the letters they look like. */
const WITHOUT_PREFIX = new RegExp(`(?=([0-9OIL]{2})(${LETTERS}))`, 'g');
/** No bank passes on more, and no text makes us search for ever. */
const LONGEST_TEXT = 2_000;

/**
 * What the buyer of a bank transfer writes as the purpose: a creditor reference of ISO 11649, `RF`, two check digits and
 * twelve letters, e.g. `RF18KMNPQRSTVWXY`. It follows from the transaction's id alone, and the id does not follow from it: it
 * stands on bank statements, and whoever knows the id may act as the buyer.
 */
export function transferReference(transactionId: string): string {
  const hash = createHash('sha256').update(`bank-transfer:${transactionId}`).digest();
  const number = hash.readBigUInt64BE();
  const size = BigInt(ALPHABET.length);
  const body = Array.from({ length: BODY_LENGTH }, (_, index) => ALPHABET[Number((number / size ** BigInt(index)) % size)]).join('');
  const check = 98n - remainder(`${body}RF00`);
  return `RF${check.toString().padStart(2, '0')}${body}`;
}

/** In groups of four, as people read and type it. */
export function spacedReference(reference: string): string {
  return reference.replaceAll(/.{4}(?=.)/g, '$& ');
}

/** Whether it is a reference of ours and its check digits fit. Expects it without blanks, in capitals. */
export function isTransferReference(text: string): boolean {
  return FORM.test(text) && remainder(text.slice(4) + text.slice(0, 4)) === 1n;
}

/**
 * Every reference of ours in what a bank passed on: however it is spaced, in whatever case, between other words, with O for 0
 * and I or L for 1, and also without its RF. The check digits reject most of what only looks like one; what is left is a
 * question to the database, never an answer.
 */
export function findTransferReferences(text: string): string[] {
  const plain = text
    .slice(0, LONGEST_TEXT)
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '');
  const candidates = [...plain.matchAll(WITHOUT_PREFIX)].map(
    ([, check = '', body = '']) => `RF${check.replaceAll('O', '0').replaceAll(/[IL]/g, '1')}${body}`,
  );
  return [...new Set(candidates.filter(isTransferReference))];
}

/** Of ISO 7064 MOD 97-10: letters count as 10 to 35. */
function remainder(text: string): bigint {
  return BigInt(text.replaceAll(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))) % 97n;
}
