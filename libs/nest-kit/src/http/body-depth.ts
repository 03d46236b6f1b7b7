import { DomainError } from '@paygate/kernel';
import type { FastifyInstance } from 'fastify';

/** Our deepest body has five levels. Code that walks a body calls itself once per level, and a stack has an end. */
const DEEPEST = 32;

/** Refuses bodies with objects and lists nested deeper than anybody needs, before anything walks through them. */
export function refuseDeepBodies(server: FastifyInstance): void {
  server.addHook('preValidation', (request, _reply, done) => {
    if (isDeeperThan(DEEPEST, request.body)) {
      const expected = `JSON nested at most ${DEEPEST} levels deep`;
      const problem = { field: 'body', code: 'depth', message: `The body must be ${expected}.`, expected };
      done(DomainError.invalid(problem));
    } else {
      done();
    }
  });
}

/** Goes level by level instead of calling itself. */
export function isDeeperThan(levels: number, value: unknown): boolean {
  let level = [value];
  for (let depth = 0; depth <= levels; depth++) {
    level = level.flatMap((entry) => (typeof entry === 'object' && entry !== null ? (Object.values(entry) as unknown[]) : []));
    if (level.length === 0) return false;
  }
  return true;
}
