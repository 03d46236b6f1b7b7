/** One spelling per mailbox as far as anybody can tell: addresses that differ in case only belong to one person. */
export function canonicalEmail(email: string): string {
  return email.trim().normalize('NFC').toLowerCase();
}
