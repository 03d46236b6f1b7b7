/** Without the fields that are undefined: MongoDB would store them as null, and a filter with one would look for null. */
export function definedFields<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
