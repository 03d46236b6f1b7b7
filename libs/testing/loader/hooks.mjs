import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';
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

export async function load(url, context, next) {
  if (!/\.tsx?$/.test(url)) return next(url, context);
  const filename = fileURLToPath(url);
  const { code } = await transform(await readFile(filename, 'utf8'), { ...(url.endsWith('x') ? tsx : ts), filename });
  return { format: 'module', source: code, shortCircuit: true };
}
