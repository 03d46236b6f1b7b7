import type { Credentials } from '@paygate/payments-domain';
import type { Provider } from './provider.js';

/** What the audit log compares. It masks credentials by their name, so that it tells which were replaced and not with what. */
export function auditedProvider({ type, label, description, enabled }: Provider, credentials?: Credentials): object {
  return { type, label, description, enabled, ...(credentials === undefined ? {} : { credentials }) };
}

export function auditedResource({ id, label }: Pick<Provider, 'id' | 'label'>): { type: string; id: string; name: string } {
  return { type: 'provider', id, name: label };
}
