import type { JsonAnswer } from '../json-api.js';
import { isObject, listIn, objectIn, textIn } from '../json-reading.js';
import { ProviderRefusal } from '../provider-adapter.js';

export const CREDENTIALS_REFUSED = { code: 'provider_credentials', message: 'The payment provider did not accept our credentials.' };

/** Answers that say for certain that nothing was made. Any other 4xx may come from something between us and GoCardless. */
export const REFUSALS: ReadonlySet<number> = new Set([400, 401, 403, 422]);

const LONGEST_MESSAGE = 300;

/** What an idempotency key has made before, when the answer says so. */
export function conflictIn({ status, body }: JsonAnswer): string | undefined {
  if (status !== 409) return undefined;
  const conflict = errorsIn(body).find((error) => textIn(error, 'reason') === 'idempotent_creation_conflict');
  return textIn(objectIn(conflict, 'links'), 'conflicting_resource_id');
}

/** GoCardless' own word that there is none; a bare 404 may come from elsewhere. */
export function isNotFound({ status, body }: JsonAnswer): boolean {
  return status === 404 && isObject(body) && textIn(objectIn(body, 'error'), 'type') !== undefined;
}

/** GoCardless' short name of what is wrong, e.g. `mandate_is_inactive`. */
export function reasonIn({ body }: JsonAnswer): string | undefined {
  return errorsIn(body).flatMap((error) => textIn(error, 'reason') ?? [])[0];
}

/** What is shown of a definite refusal: a 400, 401, 403 or 422. */
export function refusalOf(answer: JsonAnswer): ProviderRefusal {
  if (answer.status === 401 || answer.status === 403) return new ProviderRefusal(CREDENTIALS_REFUSED);
  const error = objectIn(answer.body, 'error');
  const [first] = errorsIn(answer.body);
  const message = textIn(first, 'message') ?? textIn(error, 'message') ?? 'The payment provider refused.';
  return new ProviderRefusal({ code: reasonIn(answer) ?? textIn(error, 'type') ?? 'refused', message: message.slice(0, LONGEST_MESSAGE) });
}

function errorsIn(body: unknown): readonly unknown[] {
  return listIn(objectIn(body, 'error'), 'errors') ?? [];
}
