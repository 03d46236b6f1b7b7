/** The address when a browser may be sent there: absolute, http or https, without credentials. Anything else is dropped. */
export function httpUrl(value: string | undefined): string | undefined {
  if (!value || !URL.canParse(value)) return undefined;
  const url = new URL(value);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  if (url.username !== '' || url.password !== '') return undefined;
  return url.href;
}

/** As `httpUrl`, for what is loaded into a page: nothing that somebody on the way could replace. */
export function httpsUrl(value: string | undefined): string | undefined {
  const url = httpUrl(value);
  return url?.startsWith('https:') ? url : undefined;
}
