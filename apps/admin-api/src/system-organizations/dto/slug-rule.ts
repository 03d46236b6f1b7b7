import { SLUG } from '../../organizations/index.js';
import { rule } from '../../validation-rules/index.js';

export function IsSlug(): PropertyDecorator {
  const expected = '1 to 63 lower-case letters, digits and hyphens, beginning with a letter or digit';
  return rule('slug', expected, (value) => typeof value === 'string' && SLUG.test(value));
}
