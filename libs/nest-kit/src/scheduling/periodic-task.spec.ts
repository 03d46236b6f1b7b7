import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { currentContext } from '../context/request-context.js';
import { PeriodicTask } from './periodic-task.js';
import type { TaskLogger } from './periodic-task.js';

const EVERY_MS = 1_000;

function setUp(run: (signal: AbortSignal) => Promise<void>) {
  jest.useFakeTimers();
  const error = jest.fn<TaskLogger['error']>();
  const task = new PeriodicTask({ name: 'sweep', everyMs: EVERY_MS, run, logger: { error } });
  return { task, error };
}

/** A run that counts itself. */
function counting() {
  const counter = { runs: 0 };
  const run = (): Promise<void> => {
    counter.runs += 1;
    return Promise.resolve();
  };
  return { counter, run };
}

function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

afterEach(() => {
  jest.useRealTimers();
});

describe('PeriodicTask', () => {
  it('counter.runs at once and then each period after the end of a run', async () => {
    const { counter, run } = counting();
    const { task } = setUp(run);
    await jest.advanceTimersByTimeAsync(EVERY_MS * 5);
    expect(counter.runs).toBe(0);
    task.start();
    task.start();
    await jest.advanceTimersByTimeAsync(1);
    expect(counter.runs).toBe(1);
    await jest.advanceTimersByTimeAsync(EVERY_MS * 3);
    expect(counter.runs).toBe(4);
    await task.stop();
  });

  it('never overlaps, and a wake-up during a run brings one more after it', async () => {
    const gates = [gate(), gate()];
    let runs = 0;
    const { task } = setUp(() => gates[runs++]?.opened ?? Promise.resolve());
    task.start();
    await jest.advanceTimersByTimeAsync(1);
    task.wake();
    task.wake();
    await jest.advanceTimersByTimeAsync(EVERY_MS * 10);
    expect(runs).toBe(1);
    gates[0]?.open();
    await jest.advanceTimersByTimeAsync(1);
    expect(runs).toBe(2);
    gates[1]?.open();
    await jest.advanceTimersByTimeAsync(EVERY_MS - 1);
    expect(runs).toBe(2);
    await task.stop();
  });

  it('a wake-up between runs brings the next one forward', async () => {
    const { counter, run } = counting();
    const { task } = setUp(run);
    task.start();
    await jest.advanceTimersByTimeAsync(1);
    task.wake();
    task.wake();
    await jest.advanceTimersByTimeAsync(1);
    expect(counter.runs).toBe(2);
    await task.stop();
  });

  it('wake-ups that never cease do not put the run off', async () => {
    const { counter, run } = counting();
    const task = new PeriodicTask({
      name: 'sweep',
      everyMs: EVERY_MS,
      run,
      logger: { error: () => undefined },
    });
    task.start();
    const deadline = Date.now() + 5_000;
    while (counter.runs < 3 && Date.now() < deadline) {
      task.wake();
      await setImmediate();
    }
    expect(counter.runs).toBe(3);
    await task.stop();
  });

  it('logs a failure and goes on', async () => {
    let runs = 0;
    const { task, error } = setUp(() => (runs++ === 0 ? Promise.reject(new Error('no database')) : Promise.resolve()));
    task.start();
    await jest.advanceTimersByTimeAsync(EVERY_MS + 2);
    expect(runs).toBe(2);
    expect(error).toHaveBeenCalledTimes(1);
    expect(error).toHaveBeenCalledWith({ err: expect.objectContaining({ message: 'no database' }), task: 'sweep' }, expect.any(String));
    await task.stop();
  });

  it('stop aborts the signal, waits for the run in flight and lets none follow', async () => {
    const { open, opened } = gate();
    const events: string[] = [];
    const { task } = setUp(async (signal) => {
      signal.addEventListener('abort', () => events.push('aborted'));
      await opened;
      events.push('ended');
    });
    task.start();
    await jest.advanceTimersByTimeAsync(1);
    const stopped = task.stop().then(() => events.push('stopped'));
    task.wake();
    open();
    await stopped;
    await jest.advanceTimersByTimeAsync(EVERY_MS * 5);
    expect(events).toEqual(['aborted', 'ended', 'stopped']);
  });

  it('each run is work of the system under its own request id', async () => {
    const seen: (string | undefined)[] = [];
    const { task } = setUp(() => {
      seen.push(currentContext()?.requestId);
      expect(currentContext()?.actor).toBe('system');
      return Promise.resolve();
    });
    task.start();
    await jest.advanceTimersByTimeAsync(EVERY_MS + 2);
    expect(new Set(seen).size).toBe(2);
    await task.stop();
  });
});
