import { Transform } from 'class-transformer';
import { IsFlag } from './flag-rule.js';

/** `true` or `false` in a query, where everything is text. */
export function IsQueryFlag(): PropertyDecorator {
  const transform = Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value));
  const check = IsFlag();
  return (target, property) => {
    transform(target, property);
    check(target, property);
  };
}
