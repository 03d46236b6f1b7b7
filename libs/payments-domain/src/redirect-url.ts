/**
 * The merchant's return or cancel address for one transaction. `{transactionId}` is replaced literally; shops that build
 * the address from HTML send `&amp;`, which is read as `&`.
 */
export function buyerRedirectUrl(template: string, transactionId: string): string {
  return template.replaceAll('&amp;', '&').replaceAll(/\{transactionId\}|%7BtransactionId%7D/gi, () => transactionId);
}
