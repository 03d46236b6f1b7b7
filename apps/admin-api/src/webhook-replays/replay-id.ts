import { DomainError } from '@paygate/kernel';

/** @throws DomainError `replay_not_found` for what lacks the form every id of a replay has: it cannot exist */
export function replayIdOf(id: string): string {
  if (!/^[A-Za-z0-9._:-]{1,64}$/.test(id)) throw new DomainError('replay_not_found');
  return id;
}
