import { Redis } from 'ioredis';

/** An answer later than this is of no use to a request that waits for it. */
const COMMAND_TIMEOUT_MS = 150;
/** A connection with questions open and nothing heard for this long is given up, and its questions with it. */
const SILENCE_MS = 1_000;
const CONNECT_TIMEOUT_MS = 2_000;
/** For the other side to close, too. Nothing is lost by it; where no connection is open, ioredis keeps the process for so long all the same. */
const DISCONNECT_TIMEOUT_MS = 100;
/** Longest pause between two attempts to connect: how late a server that came back is noticed. */
const LONGEST_RETRY_PAUSE_MS = 1_000;

/**
 * A connection for questions that are better left unasked than waited for: nothing is kept for later while Redis is away,
 * and nothing is asked twice. Connects in the background and for ever; the caller listens to `error` and `ready`.
 * @param timeoutMs how long one question may take
 */
export function openImpatientRedis(url: string, timeoutMs = COMMAND_TIMEOUT_MS): Redis {
  return new Redis(url, {
    commandTimeout: timeoutMs,
    socketTimeout: SILENCE_MS,
    connectTimeout: CONNECT_TIMEOUT_MS,
    disconnectTimeout: DISCONNECT_TIMEOUT_MS,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(attempt * 50, LONGEST_RETRY_PAUSE_MS),
  });
}
