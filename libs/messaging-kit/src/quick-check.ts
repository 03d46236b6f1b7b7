import type { MessageClass } from '@paygate/messages';
import { getMetadataStorage, ValidationTypes } from 'class-validator';
import type { ValidationArguments } from 'class-validator';

type Metadata = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];
type Condition = (object: object, value: unknown) => boolean;

interface PropertyCheck {
  name: string;
  /** All must hold, or the property is not looked at: `@IsOptional`. */
  conditions: Condition[];
  tests: ((object: object, value: unknown) => boolean)[];
}

/** Whether the value passes every check of its class. Removes properties the class does not know. */
export type QuickCheck = (value: object) => boolean;

const known = new WeakMap<MessageClass<object>, QuickCheck | null>();

/**
 * The checks of a message class, collected once. class-validator collects them anew for each value, which costs several times
 * what the checks themselves do. It is still the one that explains what is wrong with a value that does not pass.
 * @returns null for a class with nested objects, lists or conditions of its own; class-validator alone knows how to treat those
 */
export function quickCheckOf(type: MessageClass<object>): QuickCheck | null {
  let check = known.get(type);
  if (check === undefined) {
    check = compile(type);
    known.set(type, check);
  }
  return check;
}

function compile(type: MessageClass<object>): QuickCheck | null {
  const metadatas = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  if (metadatas.length === 0 || !metadatas.every(isPlain)) return null;
  const checks = new Map<string, PropertyCheck>();
  for (const metadata of metadatas) {
    const name = metadata.propertyName;
    const check = checks.get(name) ?? { name, conditions: [], tests: [] };
    checks.set(name, check);
    if (metadata.type === ValidationTypes.CONDITIONAL_VALIDATION) check.conditions.push(metadata.constraints[0] as Condition);
    else if (metadata.type === ValidationTypes.CUSTOM_VALIDATION) check.tests.push(...testsOf(metadata, type.name));
  }
  const properties = [...checks.values()];
  return (value) => {
    const fields = value as Record<string, unknown>;
    for (const key of Object.keys(fields)) {
      if (!checks.has(key)) Reflect.deleteProperty(fields, key);
    }
    return properties.every(({ name, conditions, tests }) => {
      const field = fields[name];
      return !conditions.every((condition) => condition(value, field)) || tests.every((test) => test(value, field));
    });
  };
}

function isPlain(metadata: Metadata): boolean {
  // A nested object's has no groups at all, whatever its type says.
  const groups = metadata.groups as unknown[] | undefined;
  if (metadata.each || (groups !== undefined && groups.length > 0) || metadata.validateIf) return false;
  if (metadata.type === ValidationTypes.CONDITIONAL_VALIDATION || metadata.type === ValidationTypes.WHITELIST) return true;
  return (
    metadata.type === ValidationTypes.CUSTOM_VALIDATION &&
    getMetadataStorage()
      .getTargetValidatorConstraints(metadata.constraintCls)
      .every((constraint) => !constraint.async)
  );
}

function testsOf(metadata: Metadata, targetName: string): PropertyCheck['tests'] {
  return getMetadataStorage()
    .getTargetValidatorConstraints(metadata.constraintCls)
    .map(({ instance }) => (object, value) => {
      const args: ValidationArguments = { targetName, property: metadata.propertyName, object, value, constraints: metadata.constraints };
      return instance.validate(value, args) === true;
    });
}
