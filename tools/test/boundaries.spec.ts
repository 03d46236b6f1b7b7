import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { REPOSITORY_ROOT } from '../src/stack/stack.js';

const planted: string[] = [];

/** Writes a file that breaks a rule; it is removed after the test. */
function plant(path: string, text: string): string {
  const file = join(REPOSITORY_ROOT, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  planted.push(path.includes('planted-feature') ? dirname(file) : file);
  return path;
}

interface Linted {
  filePath: string;
  messages: { ruleId: string | null; message: string }[];
}

function node(...args: string[]): { status: number | null; output: string; stdout: string } {
  const result = spawnSync(process.execPath, args, {
    cwd: REPOSITORY_ROOT,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '', NX_DAEMON: 'false' },
  });
  return { status: result.status, output: result.stdout + result.stderr, stdout: result.stdout };
}

function uproot(): void {
  for (const path of planted.splice(0)) rmSync(path, { recursive: true, force: true });
}

afterEach(uproot);

describe('boundaries between projects (Nx rule)', () => {
  const VIOLATIONS = [
    [
      'a domain library that reaches for a framework',
      'libs/payments-domain/src',
      "import { Injectable } from '@nestjs/common';",
      '"@nestjs/common"',
    ],
    [
      'a domain library that reaches for a kit',
      'libs/payments-domain/src',
      "import { ScopeGuard } from '@paygate/nest-kit';",
      // Which of its two reasons the rule gives, the layer or the circle through the kit's tests, is its own affair.
      '@paygate/nest-kit',
    ],
    [
      'the kernel importing anything of ours',
      'libs/kernel/src',
      "import { startEmbeddedMongo } from '@paygate/embedded-mongo';",
      'layer:kernel',
    ],
    ['an app importing another app', 'apps/webhook-dispatcher/src', "import * as admin from '../../admin-api/src/main.js';", 'relative'],
  ] as const;
  /** What was said of each file by the rule. */
  const said = new Map<string, string[]>();

  beforeAll(() => {
    // The rule skips itself, and succeeds, when no project graph is cached.
    node('node_modules/nx/dist/bin/nx.js', 'show', 'projects');
    const files = VIOLATIONS.map(([, folder, statement], index) => plant(`${folder}/planted-violation-${index}.ts`, `${statement}\n`));
    try {
      const { stdout } = node('node_modules/eslint/bin/eslint.js', '--format', 'json', ...files);
      for (const { filePath, messages } of JSON.parse(stdout) as Linted[]) {
        const ofRule = messages.filter(({ ruleId }) => ruleId === '@nx/enforce-module-boundaries');
        said.set(
          relative(REPOSITORY_ROOT, filePath),
          ofRule.map(({ message }) => message),
        );
      }
    } finally {
      uproot();
    }
  }, 120_000);

  it.each(VIOLATIONS.map(([name, folder, , mentioned], index) => [name, `${folder}/planted-violation-${index}.ts`, mentioned] as const))(
    'refuses %s',
    (_name, file, mentioned) => expect(said.get(file)?.join('\n')).toContain(mentioned),
  );
});

describe('boundaries inside an app (dependency checker)', () => {
  it('refuses a side entrance into a feature, and storage in a controller', () => {
    plant('apps/main-backend/src/planted-feature-a/inside.ts', 'export const inside = 1;\n');
    plant(
      'apps/main-backend/src/planted-feature-b/planted.controller.ts',
      "import mongoose from 'mongoose';\nimport { inside } from '../planted-feature-a/inside.js';\n\nexport const seen = [mongoose, inside];\n",
    );
    const { status, output } = node(
      'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
      'apps/main-backend/src/planted-feature-a',
      'apps/main-backend/src/planted-feature-b',
      '--config',
    );
    expect(output).toContain('feature-through-its-index');
    expect(output).toContain('controllers-do-not-touch-storage');
    expect(output).toContain('mongoose-in-storage-files-only');
    expect(status).not.toBe(0);
  });
});
