import { DomainError } from '@paygate/kernel';

/** @throws DomainError `endpoint_not_found` for what lacks the form every id of an endpoint has: it cannot exist */
export function endpointIdOf(id: string): string {
  if (!/^[A-Za-z0-9._:-]{1,64}$/.test(id)) throw new DomainError('endpoint_not_found');
  return id;
}
