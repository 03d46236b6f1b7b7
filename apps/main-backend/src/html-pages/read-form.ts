/** A form's fields; of a repeated field the first value. The object has no prototype, so no name means anything but itself. */
export function readForm(body: string): Record<string, string> {
  const fields = Object.create(null) as Record<string, string>;
  for (const [name, value] of new URLSearchParams(body)) fields[name] ??= value;
  return fields;
}
