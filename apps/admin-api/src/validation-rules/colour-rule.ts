import { rule } from './rule.js';

export function IsColour(): PropertyDecorator {
  return rule('colour', 'a colour such as #1f4fd8', (value) => typeof value === 'string' && /^#[0-9a-fA-F]{6}$/.test(value));
}
