/** What the fake answers: a status, a body, and headers beside the usual ones. */
export interface StripeAnswer {
  readonly status: number;
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An error as Stripe writes it. */
export class StripeFault extends Error {
  readonly answer: StripeAnswer;

  constructor(status: number, error: { type: string; message: string; code?: string; param?: string; decline_code?: string }) {
    super(error.message);
    this.answer = { status, body: { error } };
  }
}

export function invalidRequest(message: string, details: { code?: string; param?: string } = {}, status = 400): StripeFault {
  return new StripeFault(status, { type: 'invalid_request_error', message, ...details });
}

export function missing(kind: string, id: string): StripeFault {
  return invalidRequest(`No such ${kind}: '${id}'`, { code: 'resource_missing', param: 'id' }, 404);
}

/** A form as Stripe reads it: `metadata[a]=1&expand[0]=b` makes `{metadata: {a: '1'}, expand: {0: 'b'}}`. */
export type Form = { [name: string]: string | Form };

export function readForm(text: string): Form {
  const form: Form = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const path = name.replaceAll(']', '').split('[');
    let place = form;
    for (const step of path.slice(0, -1)) {
      const next = place[step];
      place = typeof next === 'object' ? next : (place[step] = {});
    }
    place[path.at(-1) ?? ''] = value;
  }
  return form;
}

export function textIn(form: Form, name: string): string | undefined {
  const value = form[name];
  return typeof value === 'string' ? value : undefined;
}

export function formIn(form: Form, name: string): Form {
  const value = form[name];
  return typeof value === 'object' ? value : {};
}

/** @throws StripeFault for anything but a whole number */
export function integerIn(form: Form, name: string): number | undefined {
  const text = textIn(form, name);
  if (text === undefined) return undefined;
  if (!/^-?\d{1,15}$/.test(text)) throw invalidRequest(`Invalid integer: ${text}`, { code: 'parameter_invalid_integer', param: name });
  return Number(text);
}

/** @throws StripeFault for a parameter the endpoint does not have */
export function onlyKnown(form: Form, ...known: readonly string[]): void {
  const unknown = Object.keys(form).find((name) => !known.includes(name));
  if (unknown !== undefined) throw invalidRequest(`Received unknown parameter: ${unknown}`, { code: 'parameter_unknown', param: unknown });
}

/** Newest first, a page of `limit` after `starting_after`. */
export function page(objects: readonly { id: string }[], query: Form, url: string): object {
  const limit = integerIn(query, 'limit') ?? 10;
  if (limit < 1 || limit > 100) throw invalidRequest('Limit must be between 1 and 100', { param: 'limit' });
  const newestFirst = objects.toReversed();
  const after = textIn(query, 'starting_after');
  const start = after === undefined ? 0 : newestFirst.findIndex(({ id }) => id === after) + 1;
  if (after !== undefined && start === 0) throw missing('object', after);
  return { object: 'list', url, has_more: newestFirst.length > start + limit, data: newestFirst.slice(start, start + limit) };
}
