import type { FieldProblem } from '@paygate/kernel';
import type { ValidationError } from 'class-validator';

const LONGEST_FIELD = 200;
const MOST_PROBLEMS = 50;

/** Rules whose names as written by class-validator would puzzle an API user. */
const CODES: Readonly<Record<string, string>> = {
  whitelistValidation: 'unknown_field',
  isDefined: 'required',
  isNotEmpty: 'required',
};

/** One problem per wrong field, in the order of the fields, with its full path such as `items[0].quantity`. Never quotes a value. */
export function describeProblems(errors: readonly ValidationError[]): FieldProblem[] {
  const problems: FieldProblem[] = [];
  collect(errors, '', problems);
  return problems;
}

function collect(errors: readonly ValidationError[], parent: string, problems: FieldProblem[]): void {
  for (const error of errors) {
    if (problems.length >= MOST_PROBLEMS) return;
    const field = join(parent, error.property);
    if (error.constraints !== undefined) problems.push(describe(field, error, error.constraints));
    if (error.children !== undefined) collect(error.children, field, problems);
  }
}

function join(parent: string, property: string): string {
  const path = parent === '' ? property : /^\d+$/.test(property) ? `${parent}[${property}]` : `${parent}.${property}`;
  return path.length > LONGEST_FIELD ? `${path.slice(0, LONGEST_FIELD)}…` : path;
}

function describe(field: string, error: ValidationError, constraints: Readonly<Record<string, string>>): FieldProblem {
  if (constraints['whitelistValidation'] !== undefined) {
    return { field, code: 'unknown_field', message: `${field} is not a field of this request.` };
  }
  if (Object.keys(constraints).join() === 'nestedValidation') {
    return { field, code: 'object', message: `${field} must be an object.`, expected: 'an object' };
  }
  // class-validator lists rules from the last decorator to the first; the first is usually the type.
  const rules = Object.entries(constraints).reverse();
  const expectations = rules.map(([, text]) => expectation(text, error.property)).filter((text) => text !== undefined);
  const expected = expectations.length > 0 ? expectations.join(', ') : undefined;
  if (error.value === undefined || error.value === null) {
    return { field, code: 'required', message: `${field} is required.`, ...(expected === undefined ? {} : { expected }) };
  }
  const code = rules[0] === undefined ? 'invalid' : ruleCode(rules[0][0]);
  if (expected === undefined) return { field, code, message: sentence(field, error.property, rules[0]?.[1] ?? 'is not valid') };
  return { field, code, message: `${field} must be ${expected}.`, expected };
}

/** `quantity must be an integer number` → `an integer number`; `undefined` when the text has another form. */
function expectation(text: string, property: string): string | undefined {
  const rest = text.startsWith('each value in ') ? text.slice('each value in '.length) : text;
  if (!rest.startsWith(`${property} `)) return undefined;
  const rule = rest.slice(property.length + 1);
  if (rule.startsWith('must be ')) return rule.slice('must be '.length);
  if (rule.startsWith('must not be ')) return `not ${rule.slice('must not be '.length)}`;
  if (rule === 'should not be empty' || rule === 'should not be null or undefined') return 'not empty';
  if (rule.startsWith('should not be ')) return `not ${rule.slice('should not be '.length)}`;
  if (rule.startsWith('should be ')) return rule.slice('should be '.length);
  return undefined;
}

function sentence(field: string, property: string, text: string): string {
  const full = text.includes(property) ? text.replace(property, field) : `${field}: ${text}`;
  return full.endsWith('.') ? full : `${full}.`;
}

/** `isInt` → `int`, `maxLength` → `max_length`. */
function ruleCode(rule: string): string {
  const known = CODES[rule];
  if (known !== undefined) return known;
  return rule
    .replace(/^is(?=[A-Z])/, '')
    .replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `_${letter}`)
    .toLowerCase();
}
