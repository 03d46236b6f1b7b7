import { DomainError } from '@paygate/kernel';

/** @throws DomainError `delivery_not_found` for what lacks the form every delivery id has: it cannot exist */
export function deliveryIdOf(id: string): string {
  if (!/^[A-Za-z0-9._:-]{1,128}$/.test(id)) throw new DomainError('delivery_not_found');
  return id;
}
