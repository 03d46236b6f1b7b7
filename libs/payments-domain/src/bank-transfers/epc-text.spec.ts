import { describe, expect, it } from '@jest/globals';
import { epcText } from './epc-text.js';

const transfer = {
  accountHolder: 'Example Ltd',
  iban: 'DE89370400440532013000',
  bic: 'COBADEFFXXX',
  amount: 4905,
  currency: 'EUR',
  reference: 'RF18539007547034',
};

describe('epcText', () => {
  it('has the lines of EPC069-12 in their order', () => {
    expect(epcText(transfer)).toBe('BCD\n002\n1\nSCT\nCOBADEFFXXX\nExample Ltd\nDE89370400440532013000\nEUR49.05\n\nRF18539007547034');
  });

  it('does without a BIC', () => expect(epcText({ ...transfer, bic: undefined })?.split('\n')[4]).toBe(''));

  it('keeps to one line and 70 characters of a name', () => {
    const name = epcText({ ...transfer, accountHolder: `Müller\n& Söhne ${'x'.repeat(100)}` })?.split('\n')[5];
    expect(name).toMatch(/^Müller & Söhne x+$/);
    expect(name).toHaveLength(70);
  });

  it.each([
    ['other currencies', { currency: 'CHF' }],
    ['nothing', { amount: 0 }],
    ['too much', { amount: 100_000_000_000 }],
  ])('is not there for %s', (_what, change) => expect(epcText({ ...transfer, ...change })).toBeUndefined());

  it('fits into the code the guideline allows', () => {
    const longest = epcText({ ...transfer, accountHolder: 'ü'.repeat(70), amount: 99_999_999_999 });
    expect(Buffer.byteLength(longest ?? '')).toBeLessThanOrEqual(331);
  });
});
