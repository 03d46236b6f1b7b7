import type { MessageClass } from '@paygate/messages';
import { plainToInstance, TransformationType } from 'class-transformer';
import { defaultMetadataStorage as transformations } from 'class-transformer/cjs/storage.js';
import { getMetadataStorage } from 'class-validator';

const known = new WeakMap<MessageClass<object>, boolean>();

/**
 * What `plainToInstance` makes of received JSON. For most messages that is a copy of text and numbers, and then its search for
 * something to transform, field by field, costs more than all the rest of receiving a message.
 */
export function messageInstance<T extends object>(type: MessageClass<T>, received: object): T {
  return (isCopied(type) ? copyOf(type, received) : undefined) ?? plainToInstance(type, received);
}

/** Whether no decorator of class-transformer says anything about the class or its checked fields; what is not checked is dropped. */
function isCopied(type: MessageClass<object>): boolean {
  let copied = known.get(type);
  if (copied === undefined) {
    const names = getMetadataStorage()
      .getTargetValidationMetadatas(type, '', false, false)
      .map(({ propertyName }) => propertyName);
    copied =
      transformations.getStrategy(type) === 'none' &&
      transformations.getExposedMetadatas(type).length === 0 &&
      transformations.getExcludedMetadatas(type).length === 0 &&
      names.every((name) => transformations.findTypeMetadata(type, name) === undefined) &&
      names.every((name) => transformations.findTransformMetadatas(type, name, TransformationType.PLAIN_TO_CLASS).length === 0);
    known.set(type, copied);
  }
  return copied;
}

/** Undefined when there is an object in it, or a name that every object has: `__proto__`, `constructor`, a method. */
function copyOf<T extends object>(type: MessageClass<T>, received: object): T | undefined {
  const copy = new type();
  const fields = copy as Record<string, unknown>;
  for (const [key, value] of Object.entries(received) as [string, unknown][]) {
    if ((typeof value === 'object' && value !== null) || typeof value === 'function') return undefined;
    if (key in fields && !Object.hasOwn(fields, key)) return undefined;
    fields[key] = value;
  }
  return copy;
}
