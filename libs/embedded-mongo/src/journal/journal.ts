import { closeSync, existsSync, fdatasync, fsyncSync, openSync, readFileSync, renameSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { decode } from '../bson/decode.js';
import { encode, type EncodableDoc } from '../bson/encode.js';
import type { Doc } from '../bson/value.js';

const HEADER_BYTES = 8;
/**
 * The file is rewritten when it has this many times its size after the last rewriting, and is not small: as soon as nothing has been
 * written for a moment, because everybody waits meanwhile, and in any case before it is out of all proportion.
 */
const GROWTH = 4;
const SMALL = 8 * 1024 * 1024;
const QUIET_MS = 1_000;
const OUT_OF_PROPORTION = 4;
const CHUNK_BYTES = 4 * 1024 * 1024;

interface Waiter {
  resolve: () => void;
  reject: (error: Error) => void;
}

/**
 * Append-only file of records: length, CRC-32, BSON. Records are written at once and made durable in groups: while one
 * `fdatasync` runs, the next group gathers. A record that was cut off by a crash ends the replay and is removed.
 */
export class Journal {
  private readonly file: string;
  private fd = -1;
  private queue: Buffer[] = [];
  private waiters: Waiter[] = [];
  private syncing = false;
  private scheduled = false;
  private failure: Error | null = null;
  private bytes = 0;
  private compactedBytes = 0;
  private idle: (() => void)[] = [];
  private quiet: NodeJS.Timeout | undefined;

  constructor(
    private readonly directory: string,
    private readonly fsync: boolean,
    /** Everything a fresh journal has to contain. */
    private readonly snapshot: () => Iterable<EncodableDoc>,
  ) {
    this.file = join(directory, 'journal.wal');
  }

  /** Reads all complete records; what follows them is cut off. Returns the number of bytes that were cut. */
  replay(apply: (record: Doc) => void): number {
    if (!existsSync(this.file)) return 0;
    const content = readFileSync(this.file);
    let p = 0;
    while (p + HEADER_BYTES <= content.length) {
      const length = content.readUInt32LE(p);
      const end = p + HEADER_BYTES + length;
      if (length === 0 || end > content.length) break;
      const body = content.subarray(p + HEADER_BYTES, end);
      if (crc32(body) !== content.readUInt32LE(p + 4)) break;
      apply(decode(body));
      p = end;
    }
    const torn = content.length - p;
    if (torn > 0) truncateSync(this.file, p);
    this.bytes = p;
    return torn;
  }

  /** Starts appending, on a compacted file when asked. */
  open(compact: boolean): void {
    if (compact) this.compact();
    else {
      this.compactedBytes = this.bytes;
      this.fd = openSync(this.file, 'a');
      this.syncDirectory();
    }
  }

  append(record: EncodableDoc): void {
    const framed = frame(record);
    this.queue.push(framed);
    this.bytes += framed.length;
    this.schedule();
  }

  /** Resolves when everything appended so far is on disk; null when it already is. */
  durable(): Promise<void> | null {
    if (this.failure) return Promise.reject(this.failure);
    if (this.queue.length === 0 && !this.syncing) return null;
    return new Promise((resolve, reject) => {
      this.waiters.push({ resolve, reject });
      this.schedule();
    });
  }

  async close(): Promise<void> {
    await this.durable();
    clearTimeout(this.quiet);
    if (this.syncing || this.scheduled) await new Promise<void>((resolve) => this.idle.push(resolve));
    if (this.fd >= 0) closeSync(this.fd);
    this.fd = -1;
  }

  /** One turn of the event loop lets other connections join the group. */
  private schedule(): void {
    clearTimeout(this.quiet);
    if (this.syncing || this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.flush();
    });
  }

  private flush(): void {
    const waiters = this.waiters;
    this.waiters = [];
    try {
      if (this.hasGrown(OUT_OF_PROPORTION)) this.compact();
      else if (this.queue.length > 0) writeAll(this.fd, joined(this.queue));
      this.queue = [];
    } catch (error) {
      this.done(waiters, error as Error);
      return;
    }
    if (!this.fsync) {
      this.done(waiters, null);
      return;
    }
    this.syncing = true;
    fdatasync(this.fd, (error) => {
      this.syncing = false;
      this.done(waiters, error);
    });
  }

  /** After a failed write nothing may be acknowledged any more: what is on disk is unknown. */
  private done(waiters: readonly Waiter[], error: Error | null): void {
    if (error) this.failure = new Error(`journal write failed: ${error.message}`);
    for (const w of waiters) {
      if (this.failure) w.reject(this.failure);
      else w.resolve();
    }
    if (!this.failure && (this.queue.length > 0 || this.waiters.length > 0)) this.schedule();
    else this.rest();
  }

  /** Nothing is left to write. */
  private rest(): void {
    for (const resolve of this.idle.splice(0)) resolve();
    clearTimeout(this.quiet);
    if (!this.failure && this.hasGrown()) this.quiet = setTimeout(() => this.compactNow(), QUIET_MS).unref();
  }

  private hasGrown(times = 1): boolean {
    return this.bytes > SMALL * times && this.bytes > this.compactedBytes * GROWTH * times;
  }

  private compactNow(): void {
    try {
      this.compact();
    } catch (error) {
      this.done([], error as Error);
    }
  }

  /** Writes the present state to a new file and puts it in the place of the old one. */
  private compact(): void {
    const temporary = `${this.file}.new`;
    const fd = openSync(temporary, 'w');
    let total = 0;
    let parts: Buffer[] = [];
    let size = 0;
    const write = (): void => {
      writeAll(fd, joined(parts));
      total += size;
      parts = [];
      size = 0;
    };
    for (const record of this.snapshot()) {
      const framed = frame(record);
      parts.push(framed);
      size += framed.length;
      if (size > CHUNK_BYTES) write();
    }
    write();
    fsyncSync(fd);
    renameSync(temporary, this.file);
    if (this.fd >= 0) closeSync(this.fd);
    this.fd = fd;
    this.bytes = total;
    this.compactedBytes = total;
    this.syncDirectory();
  }

  /** A renamed or new file is only there for certain once its directory is on disk. */
  private syncDirectory(): void {
    const fd = openSync(this.directory, 'r');
    fsyncSync(fd);
    closeSync(fd);
  }
}

function frame(record: EncodableDoc): Buffer {
  const framed = encode(record, HEADER_BYTES);
  framed.writeUInt32LE(framed.length - HEADER_BYTES, 0);
  framed.writeUInt32LE(crc32(framed.subarray(HEADER_BYTES)), 4);
  return framed;
}

function joined(parts: readonly Buffer[]): Buffer {
  const [only] = parts;
  return parts.length === 1 && only ? only : Buffer.concat(parts);
}

function writeAll(fd: number, bytes: Buffer): void {
  let written = 0;
  while (written < bytes.length) written += writeSync(fd, bytes, written, bytes.length - written);
}
