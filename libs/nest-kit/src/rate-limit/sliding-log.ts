import type { Redis } from 'ioredis';
import type { RateLimitWindow } from './policies.js';

/**
 * Which requests of one caller were let through, newest first, as a list of times in milliseconds. All windows of the
 * policy read the same list, so one call answers for all of them, and a request refused by one window counts in none.
 *
 * A log of times and not two counters per window, weighted: the weighting takes the requests of the past window as evenly
 * spread, and who sends them in its last second gets nearly twice the limit within one stretch. The log is exact: no
 * stretch of a window's length ever holds more than its limit. What that costs is bounded: only requests that were let
 * through are written, so a list is never longer than the limit of its longest window, at about 11 bytes an entry (500
 * entries: 5 kB), and a key is gone one window after its last entry.
 *
 * Our own script, because the maintained libraries count fixed windows, or ask Redis once per limit and so cannot take
 * back from one window what another refuses.
 *
 * KEYS[1] the list
 * ARGV[1] the time, or empty for the clock of Redis: one clock for all instances, however theirs differ
 * ARGV[2…] limit and length in ms of each window
 * Returns for each window how many requests it held before this one, and after how many ms it holds one less; where the
 * limit is reached, after how many ms it takes another. The request is let through when no limit was reached.
 */
const SCRIPT = `
local log = KEYS[1]
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end

local longest = 0
for i = 3, #ARGV, 2 do longest = math.max(longest, tonumber(ARGV[i])) end

local length = redis.call('LLEN', log)
if length > 0 then
  local newest = tonumber(redis.call('LINDEX', log, 0))
  if newest - now > longest then
    -- The clock was set far back. Waiting until it has caught up would shut the caller out for as long.
    redis.call('DEL', log)
    length = 0
  else
    -- Another server took over, a little behind: time stands still until it has caught up, so the list stays in order.
    now = math.max(now, newest)
  end
end

local function newer_than(time)
  local low, high = 0, length
  while low < high do
    local middle = math.floor((low + high) / 2)
    if tonumber(redis.call('LINDEX', log, middle)) > time then low = middle + 1 else high = middle end
  end
  return low
end

local answer, allowed, kept = {}, true, 0
for i = 2, #ARGV, 2 do
  local limit, window = tonumber(ARGV[i]), tonumber(ARGV[i + 1])
  local held = newer_than(now - window)
  local wait = window
  if held > 0 then wait = redis.call('LINDEX', log, math.min(held, limit) - 1) + window - now end
  answer[#answer + 1] = held
  answer[#answer + 1] = wait
  if held >= limit then allowed = false end
  kept = math.max(kept, held)
end

if allowed then
  redis.call('LPUSH', log, now)
  if kept < length then redis.call('LTRIM', log, 0, kept) end
  redis.call('PEXPIRE', log, longest)
end
return answer
`;

/** How one window stood when a request came. */
export interface WindowState {
  window: RateLimitWindow;
  /** Requests it held before this one. */
  held: number;
  /** Milliseconds until it holds one less; until it takes another when the limit is reached. */
  waitMs: number;
}

interface Scripted {
  takeFromWindows(key: string, ...args: (string | number)[]): Promise<number[]>;
}

/** The rolling windows of all callers, in Redis and shared by all instances. */
export class SlidingLog {
  private readonly redis: Scripted;

  /** @param now milliseconds, instead of the clock of Redis; for tests */
  constructor(
    redis: Redis,
    private readonly now?: () => number,
  ) {
    redis.defineCommand('takeFromWindows', { numberOfKeys: 1, lua: SCRIPT });
    this.redis = redis as unknown as Scripted;
  }

  /** Counts a request unless some window is full, and tells how each window stood. One round trip. */
  async take(key: string, windows: readonly RateLimitWindow[]): Promise<WindowState[]> {
    const limits = windows.flatMap(({ limit, seconds }) => [limit, seconds * 1_000]);
    const answer = await this.redis.takeFromWindows(key, this.now?.() ?? '', ...limits);
    return windows.map((window, index) => ({ window, held: answer[2 * index] ?? 0, waitMs: answer[2 * index + 1] ?? 0 }));
  }
}
