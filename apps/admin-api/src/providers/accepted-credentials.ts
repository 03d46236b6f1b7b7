import { DomainError } from '@paygate/kernel';
import { checkCredentials } from '@paygate/payments-domain';
import type { Credentials, ProviderType } from '@paygate/payments-domain';

/**
 * @param known what is stored, on an update
 * @throws DomainError `validation_failed` naming each wrong credential, e.g. `credentials.secretKey`
 */
export function acceptedCredentials(
  type: ProviderType,
  livemode: boolean,
  given: Readonly<Record<string, unknown>>,
  known?: Credentials,
): Credentials {
  const { credentials, problems } = checkCredentials(type, livemode, given, known);
  const [first, ...others] = problems;
  if (first) throw DomainError.invalid(first, ...others);
  return credentials;
}
