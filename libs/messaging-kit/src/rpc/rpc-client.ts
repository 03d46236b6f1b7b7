import { Inject, Injectable } from '@nestjs/common';
import { NoRespondersError, RequestError, TimeoutError } from '@nats-io/transport-node';
import type { Msg } from '@nats-io/transport-node';
import { DomainError } from '@paygate/kernel';
import type { RequestContract } from '@paygate/messages';
import { NatsSession } from '../connection/nats-session.js';
import { MessagingMetrics } from '../messaging-metrics.js';
import { checkPayload, listProblems } from '../validate-payload.js';
import { contextHeaders } from './message-headers.js';
import type { ReplyBody } from './reply-body.js';

/** A short outage of NATS is waited out: nothing has been sent yet, so waiting is safe. */
const RECONNECT_PATIENCE_MS = 2_000;

/** Asks another service and waits for the answer. */
@Injectable()
export class RpcClient {
  /** The receiver checks every payload; a test should fail where the wrong one was built. */
  private readonly checksWhatItSends = process.env['NODE_ENV'] === 'test';

  constructor(
    @Inject(NatsSession) private readonly session: NatsSession,
    @Inject(MessagingMetrics) private readonly metrics: MessagingMetrics,
  ) {}

  /**
   * @param options.deadlineMs instead of the contract's deadline
   * @throws DomainError as thrown by the service; `service_unavailable` when the request was not sent or nobody listens;
   *   `upstream_timeout` when no answer came in time, so the outcome is unknown
   * @throws TypeError outside production when the payload does not fit the contract
   */
  async request<Q extends object, R extends object>(
    contract: RequestContract<Q, R>,
    payload: Q,
    options: { deadlineMs?: number } = {},
  ): Promise<R> {
    if (this.checksWhatItSends) this.assertFits(contract, payload);
    const observe = this.metrics.startRequest('client', contract.subject);
    try {
      const result = await this.exchange<R>(contract.subject, payload, options.deadlineMs ?? contract.deadlineMs);
      observe('ok');
      return result;
    } catch (error) {
      observe(error instanceof DomainError ? error.code : 'internal_error');
      throw error;
    }
  }

  private async exchange<R>(subject: string, payload: object, deadlineMs: number): Promise<R> {
    const started = performance.now();
    if (!(await this.session.whenConnected(Math.min(deadlineMs, RECONNECT_PATIENCE_MS)))) throw new DomainError('service_unavailable');
    const timeout = Math.max(1, deadlineMs - (performance.now() - started));
    let reply: Msg;
    try {
      reply = await this.session.connection.request(subject, JSON.stringify(payload), { timeout, headers: contextHeaders() });
    } catch (error) {
      throw asDomainError(error);
    }
    const body = reply.json<ReplyBody<R>>();
    if (body.error) throw DomainError.fromWire(body.error);
    return body.result as R;
  }

  private assertFits<Q extends object, R extends object>(contract: RequestContract<Q, R>, payload: Q): void {
    const check = checkPayload(contract.request, payload);
    if ('problems' in check) {
      throw new TypeError(`the payload does not fit ${contract.subject}: ${listProblems(check.problems)}`);
    }
  }
}

function asDomainError(error: unknown): unknown {
  if (error instanceof TimeoutError) return new DomainError('upstream_timeout', undefined, undefined, { cause: error });
  if (error instanceof NoRespondersError || (error instanceof RequestError && error.isNoResponders())) {
    return new DomainError('service_unavailable', undefined, undefined, { cause: error });
  }
  return error;
}
