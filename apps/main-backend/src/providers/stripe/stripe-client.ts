import { setTimeout as pause } from 'node:timers/promises';
import { DomainError } from '@paygate/kernel';
import { TargetNotAllowedError } from '@paygate/nest-kit';
import Stripe from 'stripe';
import type { ProviderHttp } from '../provider-http.js';
import { StripeHttp } from './stripe-http.js';

/** The version our requests and the reading of the answers are written for. */
const API_VERSION = '2026-10-28.endive';
/** Before a request is repeated because its twin is still being worked on. */
const FIRST_WAIT_MS = 50;
/** Answers that say for certain that nothing was done. */
const REFUSALS: ReadonlySet<number> = new Set([400, 401, 402, 403, 404]);
/** They come with such a status, too, and say something else: the key belongs to another request, or Stripe is busy. */
const NO_REFUSALS: ReadonlySet<string> = new Set(['idempotency_error', 'idempotency_key_in_use', 'rate_limit', 'lock_timeout']);

/** Where to send requests, and the key that goes with them. */
export interface StripeAccess {
  readonly baseUrl: string;
  readonly secretKey: string;
}

/** Stripe's own word that it did not do what was asked. */
export class StripeRefused extends Error {
  override readonly name = 'StripeRefused';

  /** @param declineCode of the buyer's bank */
  constructor(
    readonly status: number,
    readonly code: string | undefined,
    readonly declineCode: string | undefined,
  ) {
    super(`Stripe refused the request with ${status} ${code ?? ''}`.trim());
  }
}

/** Calls Stripe through its SDK, one instance per call: it holds the key, and nothing may hold a key longer than it is used. */
export class StripeClient {
  constructor(
    private readonly http: Pick<ProviderHttp, 'request'>,
    private readonly timeoutMs: number,
  ) {}

  /**
   * @param work may be done more than once, so a POST in it needs an idempotency key
   * @param signal ends the call before the client's own timeout
   * @throws StripeRefused; DomainError provider_error when the outcome is open or nothing was sent (see `wasNotSent`)
   */
  async call<T>({ baseUrl, secretKey }: StripeAccess, work: (stripe: Stripe) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const timeout = AbortSignal.timeout(this.timeoutMs);
    const deadline = signal ? AbortSignal.any([signal, timeout]) : timeout;
    const stripe = new Stripe(secretKey, {
      apiVersion: API_VERSION,
      httpClient: new StripeHttp({ http: this.http, baseUrl, signal: deadline }),
      maxNetworkRetries: 0,
      telemetry: false,
    });
    for (let waitMs = FIRST_WAIT_MS; ; waitMs *= 2) {
      try {
        return await work(stripe);
      } catch (error) {
        if (!isInProgress(error)) throw translated(error);
        await pause(waitMs, undefined, { signal: deadline }).catch(() => {
          throw translated(error);
        });
      }
    }
  }
}

/** Whether a call failed before anything was sent, so that it certainly had no effect. */
export function wasNotSent(error: unknown): boolean {
  return error instanceof DomainError && error.cause instanceof TargetNotAllowedError;
}

/** Another request with this key is on its way; its outcome is worth waiting for. */
function isInProgress(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeError && error.statusCode === 409;
}

/** What Stripe writes about an error may quote the request, so only its codes are passed on. */
function translated(error: unknown): Error {
  if (!(error instanceof Stripe.errors.StripeError)) return unknownOutcome('gave an answer that cannot be used', error);
  const { statusCode: status, code, rawType = '', decline_code: declineCode, requestId } = error;
  if (status === undefined) {
    const { detail } = error as { detail?: unknown };
    if (detail instanceof TargetNotAllowedError) return unknownOutcome('has an address that may not be used', detail);
    return error instanceof Stripe.errors.StripeConnectionError
      ? unknownOutcome('did not answer', detail)
      : unknownOutcome('gave an answer that cannot be used');
  }
  const doubtful = NO_REFUSALS.has(rawType) || NO_REFUSALS.has(code ?? '');
  if (REFUSALS.has(status) && !doubtful) return new StripeRefused(status, code, declineCode || undefined);
  return unknownOutcome(`answered ${[status, code ?? rawType, requestId].filter(Boolean).join(' ')}`);
}

function unknownOutcome(what: string, cause?: unknown): DomainError {
  return new DomainError('provider_error', `The payment provider ${what}.`, undefined, cause === undefined ? undefined : { cause });
}
