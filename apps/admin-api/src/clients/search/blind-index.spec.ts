import { describe, expect, it } from '@jest/globals';
import { parseKeyring } from '@paygate/data-kit';
import { TenantScope } from '@paygate/kernel';
import type { ClientDetails } from '../client.js';
import { BlindIndex } from './blind-index.js';
import { fitOf, searchableWords } from './searchable-words.js';
import { queryWords } from './words.js';

const first = `k1:${Buffer.from(Array.from({ length: 32 }, (_, i) => i)).toString('base64')}`;
const second = `k2:${Buffer.from(Array.from({ length: 32 }, (_, i) => 255 - i)).toString('base64')}`;
const index = new BlindIndex(parseKeyring(first));
const rotated = new BlindIndex(parseKeyring(`${second},${first}`));
const test = TenantScope.of('5f0000000000000000000001', false);
const live = TenantScope.of('5f0000000000000000000001', true);
const other = TenantScope.of('5f0000000000000000000002', false);

const ada: ClientDetails = {
  email: 'ada.l@engines.example',
  firstName: 'Ada',
  lastName: 'Lovelace',
  company: 'Müller & Söhne',
  phone: '+49 30 1234567',
  externalId: 'C-4711',
  taxInfo: { taxId: 'DE 123 456 789' },
  metadata: {},
};

function finds(tokens: readonly string[], conditions: readonly (readonly string[])[]): boolean {
  return conditions.length > 0 && conditions.every((wanted) => wanted.some((token) => tokens.includes(token)));
}

describe('BlindIndex', () => {
  const tokens = index.tokensOf(test, ada);

  it.each(['ad', 'Ada', 'love ada', 'engines', 'ada.l@eng', 'mueller', 'MÜLL', 'soehne', '+49 30', '49301234567', 'c-4711', 'de123456'])(
    'finds by %s',
    (text) => expect(finds(tokens, index.prefixConditions(test, queryWords(text)))).toBe(true),
  );

  it.each(['adam', 'ada byron', 'ovelace', 'muler'])('does not find by %s', (text) =>
    expect(finds(tokens, index.prefixConditions(test, queryWords(text)))).toBe(false),
  );

  it('tells whole words from beginnings', () => {
    expect(finds(tokens, index.wholeWordConditions(test, queryWords('lovelace ada')))).toBe(true);
    expect(finds(tokens, index.wholeWordConditions(test, queryWords('love ada')))).toBe(false);
  });

  it('leaves single letters out of the beginnings, and has them as words', () => {
    expect(index.prefixConditions(test, queryWords('a'))).toEqual([]);
    expect(index.prefixConditions(test, queryWords('a love'))).toHaveLength(1);
    expect(finds(tokens, index.wholeWordConditions(test, queryWords('c')))).toBe(true);
  });

  it('shares nothing between organizations, modes and keys', () => {
    const sets = [tokens, index.tokensOf(live, ada), index.tokensOf(other, ada), rotated.tokensOf(test, ada)];
    expect(new Set(sets.flat()).size).toBe(tokens.length * sets.length);
    const emails = [test, live, other].flatMap((scope) => index.emailHashes(scope, ada.email));
    expect(new Set(emails).size).toBe(3);
  });

  it('finds what older keys wrote, and sees the same e-mail address under both', () => {
    expect(finds(tokens, rotated.prefixConditions(test, queryWords('love')))).toBe(true);
    expect(finds(tokens, rotated.wholeWordConditions(test, queryWords('lovelace')))).toBe(true);
    const [hash] = index.emailHashes(test, 'ADA.L@engines.example');
    expect(rotated.emailHashes(test, ada.email)).toContain(hash);
  });

  it('holds no readable word', () => {
    for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9_-]{16}$/);
  });

  it('bounds what one client adds to the index', () => {
    const company = Array.from({ length: 100 }, (_, i) => `w${i}`).join(' ');
    expect(searchableWords({ ...ada, company })).toHaveLength(60);
  });
});

describe('fitOf', () => {
  const fit = (client: Partial<ClientDetails>, text: string): number | undefined =>
    fitOf(searchableWords({ email: 'x@y.example', metadata: {}, ...client }), queryWords(text));

  it('needs every word', () => {
    expect(fit({ firstName: 'Ada' }, 'ada love')).toBeUndefined();
    expect(fit({ firstName: 'Ada', lastName: 'Lovelace' }, 'ada love')).toEqual(expect.any(Number));
  });

  it.each<[string, Partial<ClientDetails>, Partial<ClientDetails>, string]>([
    ['a whole word before a beginning', { lastName: 'An' }, { lastName: 'Anders' }, 'an'],
    ['a name before an e-mail address', { lastName: 'Anders' }, { email: 'anders@y.example' }, 'and'],
    ['two whole words before one', { firstName: 'An', lastName: 'Li' }, { firstName: 'An', lastName: 'Lind' }, 'an li'],
    ['a whole word of an address before the beginning of a name', { email: 'an@y.example' }, { lastName: 'Anders' }, 'an'],
  ])('puts %s', (_name, better, worse, text) => {
    expect(fit(better, text)).toBeGreaterThan(fit(worse, text) ?? Infinity);
  });
});
