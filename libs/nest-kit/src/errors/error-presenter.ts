import type { ErrorCode } from '@paygate/kernel';

/** An error as an API surface gets to present it. Nothing in it is internal. */
export interface PresentableError {
  code: string;
  message: string;
  status: number;
  requestId: string;
  details?: unknown;
}

/**
 * Builds the error body of one API surface. An object is sent as JSON, a string as an HTML page.
 */
export type ErrorPresenter = (error: PresentableError) => unknown;

/** Which presenter answers for which addresses; `match` gets the path without its query. */
export interface SurfacePresenter {
  match: (path: string) => boolean;
  present: ErrorPresenter;
}

/** Errors whose details clients in the field read beside the code, and not below `details`. */
const WITH_DETAILS_BESIDE: ReadonlySet<string> = new Set<ErrorCode>([
  'CHECKOUT_BLOCKED_BY_DISPUTE',
  'CHECKOUT_BLOCKED_BY_CUSTOMER_HOLD',
  'CHECKOUT_RESTRICTED_BY_CUSTOMER_HOLD',
]);

/** The Admin API body: `error` repeats `message` for clients that only know the plain envelope. */
export const presentAdminError: ErrorPresenter = ({ code, message, requestId, details }) => {
  const body = { error: message, code, message, requestId };
  if (details === undefined) return body;
  return WITH_DETAILS_BESIDE.has(code) ? { ...(details as object), ...body } : { ...body, details };
};

/** The presenter of the first surface that claims the path; the Admin API's for the rest. */
export function choosePresenter(surfaces: readonly SurfacePresenter[], path: string): ErrorPresenter {
  return surfaces.find((surface) => surface.match(path))?.present ?? presentAdminError;
}
