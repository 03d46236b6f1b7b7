import { fail, show, unsupported } from '../errors.js';
import { isDoc, numberOr, toNumber, type Doc, type Value } from './value.js';

/** Language-aware string order. Equality inside indexes uses `fold`, so only strengths 1 to 3 are offered. */
export interface Collation {
  readonly spec: Doc;
  compare(a: string, b: string): number;
  /** Maps strings that are equal under the collation to one string. */
  fold(s: string): string;
}

const KNOWN = new Set([
  'locale',
  'strength',
  'caseLevel',
  'caseFirst',
  'numericOrdering',
  'alternate',
  'maxVariable',
  'normalization',
  'backwards',
  'version',
]);

/** Reads a collation document; `simple` or none gives undefined, the plain binary order. */
export function parseCollation(spec: Value): Collation | undefined {
  if (spec === undefined || spec === null) return undefined;
  if (!isDoc(spec)) fail(14, 'collation must be a document');
  const unknown = Object.keys(spec).find((k) => !KNOWN.has(k));
  if (unknown !== undefined) fail(40415, `BSON field 'collation.${unknown}' is an unknown field.`);
  const locale = spec['locale'];
  if (typeof locale !== 'string') fail(40414, "BSON field 'collation.locale' is missing but a required field");
  if (locale === 'simple') return undefined;
  const strength = spec['strength'] === undefined ? 3 : numberOr(spec['strength'], 3);
  if (![1, 2, 3].includes(strength)) unsupported(`collation strength ${strength}`);
  for (const [option, plain] of [
    ['alternate', 'non-ignorable'],
    ['caseFirst', 'off'],
  ] as const) {
    if (spec[option] !== undefined && spec[option] !== plain) unsupported(`collation option ${option}: ${show(spec[option])}`);
  }
  if (spec['backwards'] === true) unsupported('collation option backwards');
  return build({ ...spec, strength }, locale, strength);
}

function build(spec: Doc, locale: string, strength: number): Collation {
  const caseLevel = spec['caseLevel'] === true;
  const sensitivity =
    strength === 1 ? (caseLevel ? 'case' : 'base') : strength === 2 ? (caseLevel ? 'variant' : 'accent') : ('variant' as const);
  let collator: Intl.Collator;
  try {
    collator = new Intl.Collator(locale.replace('_', '-'), { sensitivity, numeric: spec['numericOrdering'] === true });
  } catch {
    return fail(2, `Field 'locale' is invalid in: ${show(spec)}`);
  }
  return {
    spec,
    compare: collator.compare,
    fold: (s) => {
      if (strength === 3) return s;
      const decomposed = caseLevel ? s.normalize('NFD') : s.normalize('NFD').toLowerCase();
      return strength === 1 ? decomposed.replace(/\p{M}/gu, '') : decomposed;
    },
  };
}

/** Two collations are interchangeable for an index when they order and fold alike. */
export function sameCollation(a: Collation | undefined, b: Collation | undefined): boolean {
  if (!a || !b) return a === b;
  const keys = ['locale', 'caseLevel', 'numericOrdering'];
  return toNumber(a.spec['strength']) === toNumber(b.spec['strength']) && keys.every((k) => (a.spec[k] ?? false) === (b.spec[k] ?? false));
}
