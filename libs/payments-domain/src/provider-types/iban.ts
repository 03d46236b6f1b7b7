const FORM = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/;

/** Without blanks, in capitals. */
export function canonicalIban(text: string): string {
  return text.replaceAll(/\s/g, '').toUpperCase();
}

/** Whether the check digits of ISO 13616 fit, so that a mistyped account number is noticed. Expects the canonical form. */
export function isIban(text: string): boolean {
  if (!FORM.test(text)) return false;
  const digits = (text.slice(4) + text.slice(0, 4)).replaceAll(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return BigInt(digits) % 97n === 1n;
}
