import { rule } from './rule.js';

/** A JSON boolean; neither `"true"` nor `1`. */
export function IsFlag(): PropertyDecorator {
  return rule('boolean', 'true or false', (value) => typeof value === 'boolean');
}
