#!/usr/bin/env node
/**
 * Entry of every npm script. Runs before anything is installed, so it uses nothing but Node itself:
 * checks Node, installs the npm packages when the lock file changed, compiles what changed, then hands over.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [command = 'start', ...args] = process.argv.slice(2);
process.chdir(root);

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(
    `paygate needs Node 20.19 or newer, this is ${process.versions.node}.`,
    'Install a current Node LTS (https://nodejs.org) and run the command again.',
  );
}

const stamp = join('node_modules', '.paygate-lock');
const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  step('Installing npm packages', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], 'Check the network, then run: npm ci');
  writeFileSync(stamp, lock);
}

const projects = ['apps/admin-api', 'apps/main-backend', 'apps/webhook-dispatcher'].map((app) => `${app}/tsconfig.app.json`);
step(
  'Compiling',
  process.execPath,
  ['node_modules/typescript/bin/tsc', '--build', ...projects, 'libs/testing/tsconfig.lib.json', 'tools/tsconfig.lib.json'],
  'The sources do not compile; the messages above say where.',
);

const { main } = await import('./dist/cli.js');
await main(command, args);

function step(title, program, programArgs, hint) {
  const started = performance.now();
  // On a terminal the line is written over when the step is done; a file gets two lines.
  const back = process.stdout.isTTY ? '\r' : '\n';
  process.stdout.write(`  … ${title}`);
  const result = spawnSync(program, programArgs, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (result.status === 0) {
    process.stdout.write(`${back}  ✓ ${title} (${seconds} s)\n`);
    return;
  }
  process.stdout.write(`${back}  ✗ ${title}\n`);
  fail([result.error?.message, result.stdout, result.stderr].filter(Boolean).join('\n').trim(), hint);
}

function fail(...lines) {
  process.stderr.write(`\n${lines.join('\n')}\n`);
  process.exit(1);
}
