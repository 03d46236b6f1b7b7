import type { FieldProblem } from '@paygate/kernel';
import type { CredentialField } from './credential-field.js';
import type { ProviderType } from './provider-types.js';

/** Values of a provider account by the name of their field, e.g. `secretKey`. */
export type Credentials = Readonly<Record<string, string>>;

export interface CredentialCheck {
  /** What is to be stored. */
  readonly credentials: Credentials;
  /** Why it must not be stored. Never quotes a value. */
  readonly problems: readonly FieldProblem[];
}

const MOST_PROBLEMS = 20;
const LONGEST_NAME = 60;
const HIDDEN = '••••';
/** Of a shorter secret, four characters would tell too much. */
const SHOWN_FROM = 12;
const SHOWN = 4;

/**
 * Judges what a merchant entered for an account of this type. On an update, `known` is what is stored: a field that is not
 * sent keeps its value, also when it is sent the way it was shown; an empty one loses it.
 * @param given as it came, nothing about it is certain
 */
export function checkCredentials(
  type: ProviderType,
  livemode: boolean,
  given: Readonly<Record<string, unknown>>,
  known: Credentials = {},
): CredentialCheck {
  const problems: FieldProblem[] = unknownFields(type, given);
  const credentials: Record<string, string> = {};
  for (const field of type.fields) {
    const value = valueOf(field, given[field.name], known[field.name]);
    const problem = value === undefined ? missing(field) : judge(field, value, livemode);
    if (problem) problems.push(problem);
    else if (typeof value === 'string') credentials[field.name] = value;
  }
  return { credentials, problems: problems.slice(0, MOST_PROBLEMS) };
}

/** The credentials as people may see them: secrets masked, the rest in clear. Fields the type no longer has are left out. */
export function maskCredentials(type: ProviderType, credentials: Credentials): Record<string, string> {
  const shown = type.fields.flatMap((field): [string, string][] => {
    const value = credentials[field.name];
    return value === undefined ? [] : [[field.name, field.secret ? mask(value) : value]];
  });
  return Object.fromEntries(shown);
}

function mask(secret: string): string {
  return secret.length < SHOWN_FROM ? HIDDEN : `${HIDDEN}${secret.slice(-SHOWN)}`;
}

/** What the field would hold; blanks around a value come from copying it. */
function valueOf(field: CredentialField, given: unknown, known: string | undefined): unknown {
  if (given === undefined || (field.secret && known !== undefined && given === mask(known))) return known;
  if (given === null) return undefined;
  if (typeof given !== 'string') return given;
  const trimmed = given.trim();
  if (trimmed === '') return undefined;
  return field.canonical ? field.canonical(trimmed) : trimmed;
}

function judge({ name, format, accepts, prefixes }: CredentialField, value: unknown, livemode: boolean): FieldProblem | undefined {
  if (typeof value !== 'string' || !accepts(value)) return problem(name, 'format', format);
  const mine = livemode ? prefixes?.live : prefixes?.test;
  if (!mine || mine.some((prefix) => value.startsWith(prefix))) return undefined;
  return problem(name, 'wrong_mode', `of ${livemode ? 'live' : 'test'} mode: ${mine.map((prefix) => `${prefix}…`).join(' or ')}`);
}

function missing({ name, format, required }: CredentialField): FieldProblem | undefined {
  const field = `credentials.${name}`;
  return required ? { field, code: 'required', message: `${field} is required.`, expected: format } : undefined;
}

function problem(name: string, code: string, expected: string): FieldProblem {
  const field = `credentials.${name}`;
  return { field, code, message: `${field} must be ${expected}.`, expected };
}

function unknownFields(type: ProviderType, given: Readonly<Record<string, unknown>>): FieldProblem[] {
  const names = new Set(type.fields.map(({ name }) => name));
  const expected = `only ${[...names].join(', ')}`;
  return Object.keys(given)
    .filter((name) => !names.has(name))
    .slice(0, MOST_PROBLEMS)
    .map((name) => {
      const field = `credentials.${name.slice(0, LONGEST_NAME)}`;
      return { field, code: 'unknown_field', message: `${field} is not a credential of ${type.type}.`, expected };
    });
}
