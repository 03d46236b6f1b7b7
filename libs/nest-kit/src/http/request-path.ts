/** The path of a request target without its query: queries can hold personal data and are neither logged nor matched. */
export function pathOf(url: string): string {
  const query = url.indexOf('?');
  return query < 0 ? url : url.slice(0, query);
}
