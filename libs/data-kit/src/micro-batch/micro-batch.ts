import { setImmediate as immediate } from 'node:timers/promises';

/** Groups what arrives while the previous group is being worked on, so that a busy service needs few database commands. */
export interface MicroBatchOptions<T> {
  /** Works on one group at a time. When it throws, every member of the group fails with that error. */
  run: (items: T[]) => Promise<void>;
  maxSize: number;
}

interface Waiting<T> {
  item: T;
  resolve: () => void;
  reject: (error: unknown) => void;
}

export class MicroBatch<T> {
  private waiting: Waiting<T>[] = [];
  private running: Promise<void> | undefined;

  constructor(private readonly options: MicroBatchOptions<T>) {}

  /** Resolves when the group of this item is done. */
  add(item: T): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      this.running ??= this.work();
    });
  }

  private async work(): Promise<void> {
    while (this.waiting.length > 0) {
      await immediate();
      await this.runGroup(this.waiting.splice(0, this.options.maxSize));
    }
    this.running = undefined;
  }

  private async runGroup(group: Waiting<T>[]): Promise<void> {
    try {
      await this.options.run(group.map((member) => member.item));
      for (const member of group) member.resolve();
    } catch (error) {
      for (const member of group) member.reject(error);
    }
  }
}
