import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transform, version } from '@swc/core';
import preset from '../../../jest.preset.mjs';

// The very options Jest compiles with, so that a child process behaves like the test beside it.
const [, ts] = preset.transform['^.+\\.ts$'];
const [, tsx] = preset.transform['^.+\\.tsx$'];

/** Sources import each other as `./name.js`; the file on disk is `name.ts` or `name.tsx`. */
export async function resolve(specifier, context, next) {
  if (/^\.{1,2}\/.*\.js$/.test(specifier) && /\.tsx?$/.test(context.parentURL ?? '')) {
    for (const extension of ['.ts', '.tsx']) {
      try {
        return await next(specifier.replace(/\.js$/, extension), context);
      } catch (error) {
        if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
      }
    }
  }
  return next(specifier, context);
}

// Tests start such programs a hundred times; compiling them each time would cost more than they do.
const CACHE = new URL('../../../node_modules/.cache/paygate-loader/', import.meta.url);
await mkdir(CACHE, { recursive: true });

export async function load(url, context, next) {
  if (!/\.tsx?$/.test(url)) return next(url, context);
  const filename = fileURLToPath(url);
  const source = await readFile(filename, 'utf8');
  return { format: 'module', source: await compiled(source, { ...(url.endsWith('x') ? tsx : ts), filename }), shortCircuit: true };
}

async function compiled(source, options) {
  const key = createHash('sha256')
    .update(JSON.stringify([version, options, source]))
    .digest('hex');
  const kept = new URL(`${key}.mjs`, CACHE);
  try {
    return await readFile(kept, 'utf8');
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  const { code } = await transform(source, options);
  // Written aside and moved, so that nobody reads half of it.
  const draft = new URL(`${key}.${randomUUID()}`, CACHE);
  await writeFile(draft, code);
  await rename(draft, kept);
  return code;
}
