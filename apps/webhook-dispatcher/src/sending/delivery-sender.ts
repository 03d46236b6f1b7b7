import { Inject, Injectable, Logger } from '@nestjs/common';
import { newObjectId } from '@paygate/kernel';
import { judgeAnswer, nextAttemptAt } from '@paygate/webhook-protocol';
import type { AttemptRow } from '../deliveries/index.js';
import { findingOf } from '../endpoints/index.js';
import type { ClaimedDelivery } from './claimed-delivery.js';
import { DispatcherMetrics } from './dispatcher-metrics.js';
import { isOwnFault } from './exchange-error.js';
import { HttpExchanges } from './http-exchange.js';
import type { Exchange } from './http-exchange.js';
import { OriginWindows } from './origin-windows.js';
import type { Pace } from './origin-windows.js';
import { RequestWriter } from './request-writer.js';
import { ResultsRecorder } from './results-recorder.js';
import type { SendingResult } from './results.store.js';
import { SENDING_SETTINGS } from './sending-settings.js';
import type { SendingSettings } from './sending-settings.js';

/** A site or secret that is missing or a proxy that is away is a matter of our own; the merchant's attempts are not used up by it. */
const POSTPONE_MS = 5_000;
/** A receiver that takes longer gets fewer requests at the same time. */
const SLOW_MS = 5_000;
/** Of one that takes no longer, more may wait in memory. */
const INSTANT_MS = 1_000;

/** Makes attempts: signs, sends, judges the answer and hands the result on to be written down. */
@Injectable()
export class DeliverySender {
  private readonly logger = new Logger('sending');
  private running = 0;
  private allEnded: () => void = () => undefined;
  /** Admitted deliveries that wait for others of their origin, oldest first. */
  private readonly lanes = new Map<string, ClaimedDelivery[]>();

  constructor(
    private readonly requests: RequestWriter,
    private readonly results: ResultsRecorder,
    private readonly exchanges: HttpExchanges,
    private readonly windows: OriginWindows,
    private readonly metrics: DispatcherMetrics,
    @Inject(SENDING_SETTINGS) private readonly settings: SendingSettings,
  ) {}

  /** Makes the attempt as soon as the origin allows. The caller has admitted the delivery to the origin's window. */
  start(claim: ClaimedDelivery): void {
    const { origin } = claim.delivery;
    const lane = this.lanes.get(origin);
    if (lane) lane.push(claim);
    else this.lanes.set(origin, [claim]);
    this.pump(origin);
  }

  /** Waits for the attempts under way; what is not done by then is cut off and scheduled again, like all that waits. */
  async finish(graceMs: number): Promise<void> {
    for (const [origin, lane] of this.lanes) {
      for (const claim of lane.splice(0)) {
        this.windows.leave(origin);
        this.results.add(this.postponed(claim, 'shutdown', 0));
      }
    }
    if (this.running > 0) {
      const ended = new Promise<void>((resolve) => {
        this.allEnded = resolve;
      });
      const timer = setTimeout(() => this.exchanges.abort(), graceMs);
      await ended;
      clearTimeout(timer);
    }
    await this.results.finish();
  }

  private pump(origin: string): void {
    const lane = this.lanes.get(origin);
    while (lane && lane.length > 0 && this.windows.begin(origin)) {
      const claim = lane.shift();
      if (claim) void this.send(claim);
    }
    if (lane?.length === 0) this.lanes.delete(origin);
  }

  /** One exchange has ended: its origin may go on, and where all capacity was used, others may. */
  private pumpAfter(origin: string): void {
    this.pump(origin);
    for (const other of this.lanes.keys()) this.pump(other);
  }

  /** Never rejects. */
  private async send(claim: ClaimedDelivery): Promise<void> {
    const { _id: id, origin } = claim.delivery;
    let pace: Pace | undefined;
    this.running++;
    try {
      const attempt = await this.attempt(claim);
      pace = attempt.pace;
      this.results.add(attempt.result);
    } catch (error) {
      this.logger.error(error, `the attempt of delivery ${id} broke off; it is sent again when its lease ends`);
    } finally {
      this.windows.end(origin, pace);
      this.pumpAfter(origin);
      if (--this.running === 0) this.allEnded();
    }
  }

  private async attempt(claim: ClaimedDelivery): Promise<{ result: SendingResult; pace?: Pace }> {
    // Another instance must not begin while this one is still sending.
    if (claim.leaseUntil.getTime() - Date.now() < this.settings.timeoutMs) return { result: this.postponed(claim, 'waited_too_long', 0) };
    const written = this.requests.write(claim);
    const request = written instanceof Promise ? await written : written;
    if ('missing' in request) return { result: this.postponed(claim, request.missing, POSTPONE_MS) };
    if ('stopped' in request) return { result: { claim, reason: request.stopped, next: { state: 'dead' } } };
    const startedAt = new Date();
    const started = performance.now();
    if (claim.delivery.attemptCount === 0) this.metrics.firstAttempt(claim.delivery.occurredAt, startedAt);
    const exchange = await this.exchanges.post(claim.delivery.url, request.headers, request.body);
    const durationMs = Math.round(performance.now() - started);
    return { result: this.judge(claim, exchange, startedAt, durationMs), pace: paceOf(exchange, durationMs) };
  }

  private judge(claim: ClaimedDelivery, exchange: Exchange, startedAt: Date, durationMs: number): SendingResult {
    if ('error' in exchange && isOwnFault(exchange.error)) {
      return this.postponed(claim, exchange.error, exchange.error === 'shutdown' ? 0 : POSTPONE_MS);
    }
    const { delivery } = claim;
    this.metrics.attempted(delivery.family, exchange, durationMs);
    const attempt: AttemptRow = {
      _id: newObjectId(startedAt),
      organizationId: delivery.organizationId,
      livemode: delivery.livemode,
      deliveryId: delivery._id,
      number: delivery.attemptCount + 1,
      startedAt,
      durationMs,
      ...('error' in exchange ? { error: exchange.error } : { statusCode: exchange.statusCode, responseBody: exchange.responseBody }),
    };
    const now = new Date();
    const answer = 'error' in exchange ? exchange : { status: exchange.statusCode, retryAfter: exchange.retryAfter };
    const judgement = judgeAnswer(delivery.family, answer, now);
    const finding = findingOf(judgement.outcome === 'delivered', attempt.statusCode);
    const result = { claim, attempt, finding };
    if (judgement.outcome === 'delivered') return { ...result, next: { state: 'delivered' } };
    if (judgement.outcome === 'give_up' || delivery.once) return { ...result, next: { state: 'dead' } };
    const at = nextAttemptAt(attempt.number, {
      now,
      random: Math.random,
      retryAfterSeconds: judgement.retryAfterSeconds,
      schedule: this.settings.retrySchedule,
    });
    return { ...result, next: at ? { state: 'scheduled', at } : { state: 'dead' } };
  }

  private postponed(claim: ClaimedDelivery, reason: string, delayMs: number): SendingResult {
    return { claim, reason, next: { state: 'scheduled', at: new Date(Date.now() + delayMs) } };
  }
}

function paceOf(exchange: Exchange, durationMs: number): Pace | undefined {
  if ('error' in exchange) return isOwnFault(exchange.error) ? undefined : 'slow';
  if (durationMs > SLOW_MS) return 'slow';
  return durationMs > INSTANT_MS ? 'fast' : 'instant';
}
