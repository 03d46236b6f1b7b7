import { readFileSync } from 'node:fs';

/** The version of the platform: all packages of the workspace carry the same one. */
export const { version: kitVersion } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };
