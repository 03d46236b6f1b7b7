import type { PipelineEnv } from '../src/agg/environment.js';
import type { Doc } from '../src/bson/value.js';
import { rootScope } from '../src/expr/compile.js';

/** An environment for pipelines without a server; other collections are given as arrays. */
export function pipelineEnvForTests(collections: Record<string, Doc[]> = {}): PipelineEnv {
  return {
    scope: rootScope(new Date()),
    collation: undefined,
    checkTime: () => undefined,
    foreign: (name) => ({ all: () => collections[name] ?? [], find: () => [], hasIndex: () => false }),
  };
}
