import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { REPOSITORY_ROOT } from '../src/stack/stack.js';

/** Runs a few lines in a Node process of their own, where the machine can be made to look worse than it is. */
function node(script: string): { status: number | null; output: string } {
  const result = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  return { status: result.status, output: result.stdout + result.stderr };
}

const module = (path: string): string => JSON.stringify(pathToFileURL(join(REPOSITORY_ROOT, path)).href);

describe('obstacles a newcomer meets', () => {
  it('an old Node is named, with what to do', () => {
    const { status, output } = node(`
      Object.defineProperty(process.versions, 'node', { value: '18.20.4' });
      process.argv.splice(1, 0, 'bootstrap.mjs');
      await import(${module('tools/bootstrap.mjs')});`);
    expect(output).toContain('paygate needs Node 20.19 or newer, this is 18.20.4.');
    expect(output).toContain('https://nodejs.org');
    expect(status).toBe(1);
  });

  it.each([
    ['Debian, not root', true, 'Run: sudo apt-get update && sudo apt-get install -y --no-install-recommends chromium'],
    ['no apt-get at all', false, 'This is not a Debian or Ubuntu machine'],
  ])('a missing program on a machine with %s gives the way out', (_name, hasApt, remedy) => {
    const folder = mkdtempSync(join(tmpdir(), 'paygate-path-'));
    try {
      if (hasApt) writeFileSync(join(folder, 'apt-get'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
      const { output } = node(`
        process.getuid = () => 1000;
        process.env.PATH = ${JSON.stringify(folder)};
        const { ensurePrograms } = await import(${module('tools/dist/stack/debian-packages.js')});
        try { ensurePrograms(['chromium'], console.log); } catch (error) { console.log(error.message, error.remedy); }`);
      expect(output).toContain('Missing programs: chromium.');
      expect(output).toContain(remedy);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('an unknown command lists the known ones', () => {
    const { status, output } = node(`
      const { main } = await import(${module('tools/dist/cli.js')});
      await main('strat', []);`);
    expect(output).toContain('Unknown command "strat".');
    expect(output).toContain('start, demo, test, bench');
    expect(status).toBe(1);
  });
});
