import { ERRORS } from '@paygate/kernel';
import type { ErrorBodyDescription, PresentableError, SurfacePresenter } from '@paygate/nest-kit';

/** Below these the Merchant API answers, and a slash at the end of the path says nothing. */
const PATHS = /^\/api\/organization(\/|$)/;

/** Texts of the common table that speak of keys of the Admin API. */
const OWN_TEXTS: ReadonlyMap<string, string> = new Map([
  ['api_key_missing', 'Sign in, and send Authorization: Token <access_token>.'],
  ['api_key_malformed', 'Send Authorization: Token <access_token>.'],
]);

interface MerchantErrorBody {
  detail: string;
  code: string;
  /** By field, everything that is wrong with it. */
  errors?: Record<string, string[]>;
}

/** The error body of the Merchant API. */
export function presentMerchantError({
  code,
  message,
  details,
}: Pick<PresentableError, 'code' | 'message' | 'details'>): MerchantErrorBody {
  const errors = fieldErrors(details);
  return { detail: OWN_TEXTS.get(code) ?? message, code, ...(errors === undefined ? {} : { errors }) };
}

export const MERCHANT_SURFACE: SurfacePresenter = { match: (path) => PATHS.test(path), present: presentMerchantError };

export const MERCHANT_ERROR_BODY: ErrorBodyDescription = {
  name: 'MerchantErrorBody',
  present: presentMerchantError,
  schema: {
    type: 'object',
    required: ['detail', 'code'],
    properties: {
      detail: { type: 'string', description: 'What is wrong, for people.', example: ERRORS.endpoint_not_found.title },
      code: { type: 'string', description: 'Stable name of the error; decide by it.', example: 'endpoint_not_found' },
      errors: {
        type: 'object',
        description: 'For `validation_failed`: what is wrong, by field.',
        additionalProperties: { type: 'array', items: { type: 'string' } },
      },
    },
  },
};

function fieldErrors(details: unknown): Record<string, string[]> | undefined {
  if (!Array.isArray(details)) return undefined;
  const errors = new Map<string, string[]>();
  for (const problem of details as unknown[]) {
    if (isProblem(problem)) errors.set(problem.field, [...(errors.get(problem.field) ?? []), problem.message]);
  }
  return errors.size === 0 ? undefined : Object.fromEntries(errors);
}

function isProblem(value: unknown): value is { field: string; message: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'field' in value &&
    typeof value.field === 'string' &&
    'message' in value &&
    typeof value.message === 'string'
  );
}
