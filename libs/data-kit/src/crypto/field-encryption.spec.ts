import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DecryptionError, FieldEncryption } from './field-encryption.js';
import type { DecryptionProblem } from './field-encryption.js';
import { parseKeyring } from './keyring.js';

const k1 = `k1:${randomBytes(32).toString('base64')}`;
const k2 = `k2:${randomBytes(32).toString('base64')}`;
const encryption = new FieldEncryption(parseKeyring(k1));
const TEXT = 'whsec_plaintext-that-must-not-leak';
const CONTEXT = 'site:65f0:webhookSecret';

function problemOf(work: () => unknown): DecryptionProblem | 'none' {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(DecryptionError);
    expect((error as Error).message).not.toContain('plaintext');
    return (error as DecryptionError).problem;
  }
  return 'none';
}

describe('FieldEncryption', () => {
  it('gives back any text in the same context', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (text, context) => {
        // A lone surrogate has no UTF-8 form and comes back as the replacement character, as everywhere in Node.
        const expected = Buffer.from(text, 'utf8').toString('utf8');
        expect(encryption.decrypt(encryption.encrypt(text, context), context)).toBe(expected);
      }),
    );
  });

  it('never gives the same ciphertext twice, and shows version and key id', () => {
    const [one, two] = [encryption.encrypt(TEXT, CONTEXT), encryption.encrypt(TEXT, CONTEXT)];
    expect(one).not.toBe(two);
    expect(one).toMatch(/^v1\.k1\.[\w-]{16}\.[\w-]+$/);
  });

  it('refuses every altered character', () => {
    const ciphertext = encryption.encrypt(TEXT, CONTEXT);
    fc.assert(
      fc.property(fc.nat(ciphertext.length - 1), fc.constantFrom('A', 'z', '0', '.', '-', '~'), (at, character) => {
        fc.pre(ciphertext[at] !== character);
        const altered = ciphertext.slice(0, at) + character + ciphertext.slice(at + 1);
        expect(problemOf(() => encryption.decrypt(altered, CONTEXT))).not.toBe('none');
      }),
      { numRuns: 300 },
    );
  });

  it.each<[string, (ciphertext: string) => string, string, DecryptionProblem]>([
    ['another context', (c) => c, 'site:65f1:webhookSecret', 'not_authentic'],
    ['an altered body', (c) => c.slice(0, -6) + (c.endsWith('AAAAAA') ? 'BBBBBB' : 'AAAAAA'), CONTEXT, 'not_authentic'],
    ['an unknown key', (c) => c.replace('v1.k1.', 'v1.k7.'), CONTEXT, 'unknown_key'],
    ['another version', (c) => c.replace('v1.', 'v2.'), CONTEXT, 'malformed'],
    ['plain text', () => TEXT, CONTEXT, 'malformed'],
    ['nothing', () => '', CONTEXT, 'malformed'],
    ['a cut value', (c) => c.slice(0, 30), CONTEXT, 'malformed'],
  ])('names the problem: %s', (_what, change, context, problem) => {
    const ciphertext = change(encryption.encrypt(TEXT, CONTEXT));
    expect(problemOf(() => encryption.decrypt(ciphertext, context))).toBe(problem);
  });

  it('binds the key id: a ciphertext relabelled to another key of the ring does not decrypt', () => {
    const both = new FieldEncryption(parseKeyring(`${k1},${k2}`));
    const relabelled = both.encrypt(TEXT, CONTEXT).replace('v1.k1.', 'v1.k2.');
    expect(problemOf(() => both.decrypt(relabelled, CONTEXT))).toBe('not_authentic');
  });

  it('rotates: the new key encrypts, the old one still reads until it leaves the ring', () => {
    const before = encryption.encrypt(TEXT, CONTEXT);
    const during = new FieldEncryption(parseKeyring(`${k2},${k1}`));
    expect(during.decrypt(before, CONTEXT)).toBe(TEXT);
    expect(during.needsRotation(before)).toBe(true);
    const rewritten = during.encrypt(during.decrypt(before, CONTEXT), CONTEXT);
    expect(during.needsRotation(rewritten)).toBe(false);
    const after = new FieldEncryption(parseKeyring(k2));
    expect(after.decrypt(rewritten, CONTEXT)).toBe(TEXT);
    expect(problemOf(() => after.decrypt(before, CONTEXT))).toBe('unknown_key');
  });
});
