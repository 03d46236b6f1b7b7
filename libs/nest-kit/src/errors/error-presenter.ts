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

/** The Admin API body: `error` repeats `message` for clients that only know the plain envelope. */
export const presentAdminError: ErrorPresenter = ({ code, message, requestId, details }) => ({
  error: message,
  code,
  message,
  requestId,
  ...(details === undefined ? {} : { details }),
});

/** The presenter of the first surface that claims the path; the Admin API's for the rest. */
export function choosePresenter(surfaces: readonly SurfacePresenter[], path: string): ErrorPresenter {
  return surfaces.find((surface) => surface.match(path))?.present ?? presentAdminError;
}
