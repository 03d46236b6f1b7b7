import { fileURLToPath } from 'node:url';

/**
 * What `node` needs to run a program of the workspace: built JavaScript as it is, TypeScript through a loader.
 * For programs that a test must be able to kill.
 */
export function nodeArguments(program: URL): string[] {
  const path = fileURLToPath(program);
  if (!/\.tsx?$/.test(path)) return [path];
  return ['--conditions=@paygate/source', '--import', new URL('../../loader/register.mjs', import.meta.url).href, path];
}
