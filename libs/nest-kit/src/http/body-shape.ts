import { DomainError } from '@paygate/kernel';
import type { FieldProblem } from '@paygate/kernel';
import type { FastifyInstance } from 'fastify';

/** Our deepest body has five levels. Code that walks a body calls itself once per level, and a stack has an end. */
const DEEPEST = 32;

/** What turns bodies into their classes asks each object for its `constructor`, and fails on one that is only text. */
const RESERVED_NAME = 'constructor';

interface Place {
  readonly path: string;
  readonly value: unknown;
}

/**
 * Refuses, before anything walks through them, bodies nested deeper than anybody needs and those with a field whose name
 * means something else to the language. The parser itself refuses `__proto__`.
 */
export function refuseHarmfulBodies(server: FastifyInstance): void {
  server.addHook('preValidation', (request, _reply, done) => {
    const problem = shapeProblem(DEEPEST, request.body);
    done(problem ? DomainError.invalid(problem) : undefined);
  });
}

/** Goes level by level instead of calling itself. */
export function shapeProblem(levels: number, body: unknown): FieldProblem | undefined {
  let level: Place[] = [{ path: '', value: body }];
  for (let depth = 0; depth <= levels; depth++) {
    level = level.flatMap(fieldsOf);
    const reserved = level.find(({ path }) => path === RESERVED_NAME || path.endsWith(`.${RESERVED_NAME}`));
    if (reserved) return reservedName(reserved.path);
    if (level.length === 0) return undefined;
  }
  const expected = `JSON nested at most ${levels} levels deep`;
  return { field: 'body', code: 'depth', message: `The body must be ${expected}.`, expected };
}

function fieldsOf({ path, value }: Place): Place[] {
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return [];
  return Object.entries(value).map(([name, inner]) => ({ path: path === '' ? name : `${path}.${name}`, value: inner as unknown }));
}

function reservedName(field: string): FieldProblem {
  const expected = 'another name';
  return { field, code: 'reserved_name', message: `${field}: no field can be called "${RESERVED_NAME}".`, expected };
}
