import { closeSync, mkdirSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { join, resolve } from 'node:path';

const heldHere = new Set<string>();

/** Makes a data directory ours: two servers writing one journal would destroy it. Returns the release. */
export function lockDirectory(directory: string): () => void {
  mkdirSync(directory, { recursive: true });
  const path = resolve(directory);
  const file = join(path, 'server.pid');
  if (heldHere.has(path) || !create(file)) {
    const pid = heldHere.has(path) ? process.pid : Number(readFileSync(file, 'utf8'));
    // A server that was killed leaves its file behind, and this process may have got its number.
    if (heldHere.has(path) || (pid !== process.pid && isAlive(pid))) {
      throw new Error(`data directory ${directory} is in use by the embedded MongoDB server with process id ${pid}`);
    }
    unlinkSync(file);
    if (!create(file)) throw new Error(`data directory ${directory} is being taken by another embedded MongoDB server`);
  }
  heldHere.add(path);
  return () => {
    heldHere.delete(path);
    unlinkSync(file);
  };
}

function create(file: string): boolean {
  try {
    const fd = openSync(file, 'wx');
    writeSync(fd, String(process.pid));
    closeSync(fd);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
