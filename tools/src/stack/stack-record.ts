import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FriendlyError } from '../friendly-error.js';
import type { ManagedProcess } from './managed-process.js';
import { pause } from './managed-process.js';

interface Recorded {
  readonly owner: { pid: number; startedAt: string };
  readonly children: { name: string; pid: number; startedAt: string }[];
}

/**
 * Who runs on a data folder. Keeps two stacks off the same data, and lets the next start end what a killed one left
 * behind. A pid alone may belong to another program by then, so the start time of the process is compared as well.
 */
export class StackRecord {
  private readonly file: string;
  private readonly children: Recorded['children'] = [];

  constructor(private readonly dataDir: string) {
    this.file = join(dataDir, 'stack.json');
  }

  async claim(): Promise<void> {
    const earlier = this.read();
    if (earlier && isSame(earlier.owner)) {
      throw new FriendlyError(
        `Another paygate stack (process ${earlier.owner.pid}) runs on the data folder ${this.dataDir}.`,
        'Stop it, or start this one on other data and ports: PAYGATE_DATA_DIR=.data2 PAYGATE_PORT_BASE=9080 npm start',
      );
    }
    const orphans = earlier?.children.filter(isSame) ?? [];
    for (const orphan of orphans) process.kill(orphan.pid, 'SIGTERM');
    const deadline = Date.now() + 15_000;
    while (orphans.some(isSame)) {
      if (Date.now() > deadline) for (const orphan of orphans.filter(isSame)) process.kill(orphan.pid, 'SIGKILL');
      await pause(50);
    }
    this.write();
  }

  remember(child: ManagedProcess): void {
    if (child.pid === undefined) return;
    const startedAt = startTimeOf(child.pid);
    if (startedAt === undefined) return;
    this.children.push({ name: child.spec.name, pid: child.pid, startedAt });
    this.write();
  }

  release(): void {
    if (this.read()?.owner.pid === process.pid) rmSync(this.file, { force: true });
  }

  private read(): Recorded | undefined {
    if (!existsSync(this.file)) return undefined;
    try {
      return JSON.parse(readFileSync(this.file, 'utf8')) as Recorded;
    } catch {
      // A start killed while writing leaves half a file; nothing can be learnt from it.
      return undefined;
    }
  }

  private write(): void {
    const recorded: Recorded = { owner: { pid: process.pid, startedAt: startTimeOf(process.pid) ?? '' }, children: this.children };
    writeFileSync(this.file, JSON.stringify(recorded, null, 2), { mode: 0o600 });
  }
}

function isSame(recorded: { pid: number; startedAt: string }): boolean {
  return startTimeOf(recorded.pid) === recorded.startedAt;
}

/** Field 22 of /proc/<pid>/stat: the start of the process in clock ticks since boot. */
function startTimeOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie has ended; only its entry waits for the parent.
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}
