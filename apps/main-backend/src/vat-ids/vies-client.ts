import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { MetricsRegistry, SERVICE_LOGGER } from '@paygate/nest-kit';
import type { Logger } from 'pino';
import { Agent, fetch } from 'undici';
import { MainConfig } from '../main-config.js';
import { readViesAnswer } from './vies-answer.js';
import type { ViesAnswer, ViesReason } from './vies-answer.js';

export interface ViesNumber {
  /** `EL` for Greece. */
  readonly countryCode: string;
  readonly vatNumber: string;
}

/** A real answer has less than a kilobyte. */
const LONGEST_ANSWER_BYTES = 64 * 1024;
const RETRY_AFTER_MS = 200;
const RETRY_JITTER_MS = 500;
/** Worth another try at once; everything else would end the same way. */
const RETRIED: ReadonlySet<ViesReason> = new Set([
  'MS_UNAVAILABLE',
  'SERVICE_UNAVAILABLE',
  'TIMEOUT',
  'GLOBAL_MAX_CONCURRENT_REQ',
  'GLOBAL_MAX_CONCURRENT_REQ_TIME',
  'MS_MAX_CONCURRENT_REQ',
  'MS_MAX_CONCURRENT_REQ_TIME',
  'NO_CONNECTION',
]);

/** The Commission's VAT number service (VIES), by its REST interface. It never throws: what goes wrong is an answer, too. */
@Injectable()
export class ViesClient implements OnApplicationShutdown {
  private readonly agent = new Agent({ maxResponseSize: LONGEST_ANSWER_BYTES, connections: 16 });
  private readonly address: string;
  private readonly timeoutMs: number;
  private readonly answers;

  constructor(
    config: MainConfig,
    @Inject(SERVICE_LOGGER) private readonly logger: Logger,
    metrics: MetricsRegistry,
  ) {
    this.address = `${config.VIES_URL.replace(/\/+$/, '')}/check-vat-number`;
    this.timeoutMs = config.VIES_TIMEOUT_MS;
    this.answers = metrics.counter({
      name: 'vies_answers_total',
      help: 'Answers of the VAT number service of the European Commission, by what they said.',
      labelNames: ['outcome'],
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.agent.destroy();
  }

  /** @param requester the asking company's own VAT id; with it a consultation number is given */
  async ask(number: ViesNumber, requester?: ViesNumber): Promise<ViesAnswer> {
    const answer = await this.askTwice(number, requester);
    this.answers.inc({ outcome: answer.kind === 'unavailable' ? answer.reason : answer.kind });
    if (answer.kind !== 'unavailable') return answer;
    const { countryCode } = number;
    if (answer.reason === 'INVALID_REQUESTER_INFO' && requester) {
      this.logger.warn({ requesterCountry: requester.countryCode }, 'VIES does not know the VAT id of the seller; asking without it');
      return this.ask(number);
    }
    this.logger.warn({ countryCode, reason: answer.reason }, 'VIES gave no answer about a VAT id');
    return answer;
  }

  /** A second try only when the first has left the time for it: a buyer may be waiting. */
  private async askTwice(number: ViesNumber, requester: ViesNumber | undefined): Promise<ViesAnswer> {
    const started = performance.now();
    const first = await this.askOnce(number, requester);
    if (first.kind !== 'unavailable' || !RETRIED.has(first.reason) || performance.now() - started > this.timeoutMs / 2) return first;
    await pause(RETRY_AFTER_MS + Math.random() * RETRY_JITTER_MS);
    return this.askOnce(number, requester);
  }

  private async askOnce({ countryCode, vatNumber }: ViesNumber, requester: ViesNumber | undefined): Promise<ViesAnswer> {
    const named = requester && { requesterMemberStateCode: requester.countryCode, requesterNumber: requester.vatNumber };
    const signal = AbortSignal.timeout(this.timeoutMs);
    try {
      const response = await fetch(this.address, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ countryCode, vatNumber, ...named }),
        redirect: 'error',
        dispatcher: this.agent,
        signal,
      });
      return readViesAnswer(await response.text());
    } catch (error) {
      if (signal.aborted) return { kind: 'unavailable', reason: 'NO_ANSWER_IN_TIME' };
      return { kind: 'unavailable', reason: isTooLong(error) ? 'UNREADABLE_ANSWER' : 'NO_CONNECTION' };
    }
  }
}

function isTooLong(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    if ('code' in current && current.code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return true;
  }
  return false;
}
