import type { TransactionView } from '@paygate/messages';

/** How the audit log names a transaction. */
export function auditedTransaction({ id, externalReference }: Pick<TransactionView, 'id' | 'externalReference'>): {
  type: string;
  id: string;
  name?: string;
} {
  return { type: 'transaction', id, name: externalReference };
}
