const KEEP_BLANK = 'paygate:keep-blank';

/** For variables where nothing means something: set but blank is the empty text, not an absent variable. */
export function KeepBlank(): PropertyDecorator {
  return Reflect.metadata(KEEP_BLANK, true);
}

export function keepsBlank(type: new () => object, property: string): boolean {
  return Reflect.getMetadata(KEEP_BLANK, type.prototype as object, property) === true;
}
