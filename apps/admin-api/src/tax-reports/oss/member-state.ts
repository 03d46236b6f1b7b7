/** Greece has a code of its own in all that concerns VAT. */
export function memberStateCode(country: string): string {
  return country === 'GR' ? 'EL' : country;
}

/** Euro cents as a decimal, e.g. `-12.50`. */
export function centsText(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
