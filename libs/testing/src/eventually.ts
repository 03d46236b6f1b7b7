export interface EventuallyOptions {
  /** How long to keep trying before the last failure is thrown. Default 15 s: a busy machine is slow, and waiting costs nothing when all is well. */
  timeoutMs?: number;
  /** Pause between two tries. Default 20 ms. */
  everyMs?: number;
}

/**
 * Repeats `assertion` until it stops throwing and returns what it returned.
 * @throws the last failure of the assertion, with the time waited as its cause, when the deadline passes.
 */
export async function eventually<T>(assertion: () => T | Promise<T>, options: EventuallyOptions = {}): Promise<T> {
  const timeoutMs = options.timeoutMs ?? 15_000;
  const everyMs = options.everyMs ?? 20;
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() + everyMs > deadline) {
        if (error instanceof Error) error.message += `\n(still failing after ${timeoutMs} ms)`;
        throw error;
      }
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
