const HIDDEN = '[redacted]';
const DEEPEST = 6;

/** Keys whose value never belongs in a log, whatever it is. */
const SECRET_KEY =
  /^(?:set-)?cookies?$|authorization|api[-_]?key|pass(?:word|wd|phrase)|secret|token|credential|private[-_]?key|encryption[-_]?key|signature|card[-_]?number|^(?:cvc|cvv|pan|iban|email|e-mail)$|email$/i;

/** Values that give themselves away: API keys, signing secrets, bearer tokens, addresses with credentials, e-mail addresses. */
const API_KEY = /\b(sk_(?:live|test)_)[A-Za-z0-9._-]+/g;
const SIGNING_SECRET = /\bwhsec_[A-Za-z0-9+/=_-]+/g;
const AUTHORIZATION = /\b(Bearer|Basic|Api-Key|Token) +[A-Za-z0-9._~+/=-]{8,}/gi;
const ADDRESS_CREDENTIALS = /(:\/\/)[^\s/:@"]{0,256}:[^\s/@"]{0,256}@/g;
// The bounded repetitions keep a long line without an address from taking quadratic time.
const EMAIL = /[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}/g;

/** Cuts secrets and e-mail addresses out of free text. */
export function redactText(text: string): string {
  let clean = text;
  if (clean.includes('sk_')) clean = clean.replace(API_KEY, `$1${HIDDEN}`);
  if (clean.includes('whsec_')) clean = clean.replace(SIGNING_SECRET, `whsec_${HIDDEN}`);
  if (clean.includes(' ')) clean = clean.replace(AUTHORIZATION, `$1 ${HIDDEN}`);
  if (clean.includes('@')) clean = clean.replace(ADDRESS_CREDENTIALS, `$1${HIDDEN}@`).replace(EMAIL, HIDDEN);
  return clean;
}

/** Replaces the values of secret-looking keys, at any depth. An object without any is returned as it is. */
export function redactKeys(fields: Record<string, unknown>, depth = 0): Record<string, unknown> {
  let copy: Record<string, unknown> | undefined;
  for (const key of Object.keys(fields)) {
    const value = fields[key];
    const clean = SECRET_KEY.test(key) ? (value === undefined ? undefined : HIDDEN) : redactValue(value, depth + 1);
    if (clean !== value) (copy ??= { ...fields })[key] = clean;
  }
  return copy ?? fields;
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > DEEPEST) return '[deeper]';
  if (Array.isArray(value)) return redactList(value, depth);
  const prototype: unknown = Object.getPrototypeOf(value);
  // Errors, dates and ids have serializers of their own.
  return prototype === Object.prototype || prototype === null ? redactKeys(value as Record<string, unknown>, depth) : value;
}

function redactList(list: readonly unknown[], depth: number): readonly unknown[] {
  const clean = list.map((item) => redactValue(item, depth + 1));
  return clean.some((item, index) => item !== list[index]) ? clean : list;
}
