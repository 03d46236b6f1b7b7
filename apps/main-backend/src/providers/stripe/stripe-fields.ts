/** What is not checked yet. Events come in the API version of the merchant's account, so every field is looked at before it is used. */
export type StripeObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is StripeObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The id of what may be expanded or not. */
export function idOf(value: unknown): string | undefined {
  return isObject(value) ? textOf(value['id']) : textOf(value);
}

/** Stripe counts seconds. */
export function instantOf(value: unknown): Date | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? new Date(value * 1000) : undefined;
}

/** What we wrote on an object when we made it. */
export function metadataOf(object: StripeObject, name: string): string | undefined {
  const metadata = object['metadata'];
  return isObject(metadata) && Object.hasOwn(metadata, name) ? textOf(metadata[name]) : undefined;
}

export function currencyOf(object: StripeObject): string | undefined {
  return textOf(object['currency'])?.toUpperCase();
}
