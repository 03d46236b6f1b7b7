/** The part of a request that tells where a form came from. */
export interface FormRequest {
  /** Host and port as the browser addressed us. */
  readonly host: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/**
 * True unless a browser says that the form was sent from a page of another site. Browsers send `Origin` with every form;
 * a caller without one is no browser and carries nobody's cookies, so it gains nothing.
 */
export function isSameOriginForm(request: FormRequest): boolean {
  const origin = request.headers['origin'];
  if (typeof origin === 'string') return URL.canParse(origin) && new URL(origin).host === request.host;
  const site = request.headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}
