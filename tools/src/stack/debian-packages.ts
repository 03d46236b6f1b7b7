import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { FriendlyError } from '../friendly-error.js';

/** Programs from the distribution, and the package each comes from. */
const PACKAGE_OF = {
  'redis-server': 'redis-server',
  'nats-server': 'nats-server',
  caddy: 'caddy',
  chromium: 'chromium',
} as const;

export type Program = keyof typeof PACKAGE_OF;

// Debian keeps servers in sbin directories, which are not on every user's PATH.
const EXTRA_DIRECTORIES = ['/usr/sbin', '/usr/local/sbin', '/sbin'];

export function findProgram(name: string): string | undefined {
  const directories = [...(process.env['PATH'] ?? '').split(delimiter), ...EXTRA_DIRECTORIES];
  return directories.map((directory) => join(directory, name)).find(isExecutable);
}

/** Installs what is missing, when root; otherwise says which command to run. */
export function ensurePrograms(programs: readonly Program[], say: (line: string) => void): void {
  const missing = programs.filter((program) => findProgram(program) === undefined);
  if (missing.length === 0) return;
  const packages = missing.map((program) => PACKAGE_OF[program]);
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  const hint = `Run: sudo apt-get update && sudo ${command}`;
  if (findProgram('apt-get') === undefined) {
    throw new FriendlyError(
      `Missing programs: ${missing.join(', ')}. This is not a Debian or Ubuntu machine, so they cannot be installed automatically.`,
      'Install them with your package manager and run the command again.',
    );
  }
  if (process.getuid?.() !== 0) throw new FriendlyError(`Missing programs: ${missing.join(', ')}.`, hint);
  say(`  … Installing ${packages.join(', ')} (apt-get)`);
  withoutStartingServices(() => {
    if (apt(command).ok) return;
    apt('apt-get update');
    const second = apt(command);
    if (!second.ok) throw new FriendlyError(`apt-get could not install ${packages.join(', ')}:\n${second.output}`, hint);
  });
  say(`  ✓ Installed ${packages.join(', ')}`);
}

/** Debian starts a server when its package is installed; ours runs on its own ports, so the default instance stays off. */
function withoutStartingServices(work: () => void): void {
  const policy = '/usr/sbin/policy-rc.d';
  if (existsSync(policy)) {
    work();
    return;
  }
  writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    work();
  } finally {
    rmSync(policy, { force: true });
  }
}

function apt(command: string): { ok: boolean; output: string } {
  const [program = '', ...args] = command.split(' ');
  const result = spawnSync(program, args, { encoding: 'utf8', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  return { ok: result.status === 0, output: `${result.stdout}${result.stderr}`.trim().split('\n').slice(-5).join('\n') };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
