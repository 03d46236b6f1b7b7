import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, validateSync } from 'class-validator';
import { describeProblems } from '../validation/field-problems.js';
import { ConfigError } from './config-error.js';
import { keepsBlank } from './keep-blank.js';

/** Values shorter than this are too common in ordinary words to be cut out of a message. */
const SHORTEST_HIDDEN_VALUE = 6;

/**
 * Reads a config class from the environment: each validated property is the variable of the same name.
 * A blank variable counts as absent, so the default of the class applies, except where `KeepBlank` says so. Numbers and booleans are read by the
 * declared type of the property, or by the type of its default.
 * @throws ConfigError naming every missing or wrong variable at once.
 */
export function loadConfig<T extends object>(type: new () => T, env: NodeJS.ProcessEnv = process.env): T {
  const raw = new Map<string, string>();
  for (const name of validatedProperties(type)) {
    const value = env[name]?.trim();
    if (value || (value === '' && keepsBlank(type, name))) raw.set(name, value);
  }

  const defaults = new type() as Record<string, unknown>;
  const plain: Record<string, unknown> = {};
  for (const [name, value] of raw) {
    const declared: unknown = Reflect.getMetadata('design:type', type.prototype as object, name);
    plain[name] = convert(
      value,
      declared === Number || typeof defaults[name] === 'number',
      declared === Boolean || typeof defaults[name] === 'boolean',
    );
  }

  const config = plainToInstance(type, plain, { exposeDefaultValues: true });
  const errors = validateSync(config, { forbidUnknownValues: false, validationError: { target: false } });
  if (errors.length > 0) {
    const secrets = [...raw.values()].filter((value) => value.length >= SHORTEST_HIDDEN_VALUE);
    throw new ConfigError(describeProblems(errors).map((problem) => hide(describe(problem, raw.has(problem.field)), secrets)));
  }
  return config;
}

function validatedProperties(type: new () => object): Set<string> {
  const metadata = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  return new Set(metadata.map(({ propertyName }) => propertyName));
}

function convert(value: string, isNumber: boolean, isBoolean: boolean): unknown {
  if (isNumber) return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
  if (isBoolean && /^(true|1)$/i.test(value)) return true;
  if (isBoolean && /^(false|0)$/i.test(value)) return false;
  return value;
}

function describe(problem: { field: string; message: string; expected?: string }, present: boolean): string {
  if (problem.expected === undefined) return `${problem.field}: ${problem.message}`;
  return `${problem.field} ${present ? 'is wrong' : 'is missing'}; expected ${problem.expected}`;
}

/** A custom validator message could quote the value it refused. */
function hide(text: string, secrets: readonly string[]): string {
  return secrets.reduce((clean, secret) => clean.replaceAll(secret, '[hidden]'), text);
}
