/**
 * A name as it is searched: without regard to case, accents and the width of characters, so that `creme` finds
 * `Crème brûlée`.
 */
export function nameKey(name: string): string {
  return name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** What sorts behind every text that begins with the key. */
export function endOfPrefix(key: string): string {
  return `${key}\u{10ffff}`;
}
