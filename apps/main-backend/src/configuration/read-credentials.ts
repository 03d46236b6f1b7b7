/**
 * The credentials of a provider: a JSON object of texts.
 * @throws TypeError without quoting anything of the text, because it is a secret
 */
export function readCredentials(json: string): Record<string, string> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new TypeError('the stored credentials are not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError('the stored credentials are not a JSON object');
  const entries = Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(entries);
}
