import type { Collation } from '../bson/collation.js';
import type { Doc } from '../bson/value.js';
import type { Scope } from '../expr/scope.js';
import type { MatchContext } from '../query/match.js';

/** Another collection, as `$lookup` and its relatives read it. */
export interface Foreign {
  all(): Doc[];
  find(filter: Doc): Doc[];
  /** Whether equality on this field can use an index. */
  hasIndex(field: string): boolean;
}

/** What a pipeline needs from the command that runs it. */
export interface PipelineEnv {
  readonly scope: Scope;
  readonly collation: Collation | undefined;
  foreign(name: string): Foreign;
  /** Throws when the command's time is up. */
  checkTime(): void;
}

/** Documents are shared with the store: a stage that changes one works on a copy. */
export type Stage = (docs: Doc[]) => Doc[];

export function matchContext(env: Pick<PipelineEnv, 'scope' | 'collation'>): MatchContext {
  return { collation: env.collation, expression: (e) => env.scope.compile(e) };
}
