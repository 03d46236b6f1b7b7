/** Ways to pay, as routing rules name them. */
export const PAYMENT_METHODS = ['card', 'bank_debit', 'bank_transfer', 'wallet'] as const;
export type PaymentMethod = (typeof PAYMENT_METHODS)[number];

const METHODS_OF: Readonly<Record<string, readonly PaymentMethod[]>> = {
  sandbox: ['card', 'bank_debit'],
  stripe: ['card', 'wallet'],
  gocardless: ['bank_debit'],
  mollie: ['card', 'bank_debit', 'bank_transfer', 'wallet'],
  paypal: ['wallet', 'card'],
  wise: ['bank_transfer'],
  wire: ['bank_transfer'],
};

/** How buyers can pay through a provider of this type; undefined for a type we know nothing of: it may be any way. */
export function methodsOfProviderType(type: string): readonly PaymentMethod[] | undefined {
  return Object.hasOwn(METHODS_OF, type) ? METHODS_OF[type] : undefined;
}
