/**
 * The dispatcher as it is, with a schedule that a chaos run can wait for. The schedule is no setting of the service, so this
 * program starts the built service with its own.
 */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { REPOSITORY_ROOT } from '../../stack/stack.js';

interface Overrides {
  readonly retrySchedule: readonly number[];
  readonly health: { readonly policy: object };
}

interface BuiltDispatcher {
  readonly DispatcherConfig: unknown;
  readonly dispatcherOptions: (config: unknown, overrides: Overrides) => unknown;
  readonly DEFAULT_HEALTH_SETTINGS: { readonly policy: object };
}

interface NestKit {
  readonly loadConfig: (config: unknown) => unknown;
  readonly runService: (options: () => unknown) => Promise<void>;
}

const FIRST_SECONDS = [0, 0.2, 0.5, 1, 1];
/** More than any receiver of a run needs, so that nothing is given up. */
const ATTEMPTS = 400;
const POLICY = { outageMs: 1_000, firstPauseMs: 500, longestPauseMs: 2_000 };

const app = join(REPOSITORY_ROOT, 'apps/webhook-dispatcher');
const load = async (path: string): Promise<unknown> => import(pathToFileURL(path).href);

await import('reflect-metadata');
const built = {
  ...((await load(join(app, 'dist/dispatcher-config.js'))) as object),
  ...((await load(join(app, 'dist/dispatcher-options.js'))) as object),
  ...((await load(join(app, 'dist/endpoints/index.js'))) as object),
} as BuiltDispatcher;
const kit = (await load(createRequire(join(app, 'package.json')).resolve('@paygate/nest-kit'))) as NestKit;

await kit.runService(() =>
  built.dispatcherOptions(kit.loadConfig(built.DispatcherConfig), {
    retrySchedule: [...FIRST_SECONDS, ...Array.from({ length: ATTEMPTS }, () => 2)],
    health: { policy: { ...built.DEFAULT_HEALTH_SETTINGS.policy, ...POLICY } },
  }),
);
