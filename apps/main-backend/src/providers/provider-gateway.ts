import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import { MetricsRegistry, SERVICE_LOGGER } from '@paygate/nest-kit';
import type { Logger } from 'pino';
import { FaultPoint } from '../faults/index.js';
import { MainConfig } from '../main-config.js';
import { ProviderHealthBook } from '../provider-health/index.js';
import { ProviderRefusal } from './provider-adapter.js';
import type {
  ConnectionCheck,
  HookHeaders,
  PaymentRequest,
  PaymentWanted,
  ProviderAccount,
  ProviderAdapter,
  ProviderEvent,
  ProviderPayment,
  ProviderRefund,
  ProviderRefunds,
  ReceiptsWanted,
  ReceivedMoney,
  RefundRequest,
} from './provider-adapter.js';
import { ProviderRegistry } from './provider-registry.js';

/** What came of a call. `unknown`: it may or may not have had its effect; somebody has to look later. */
export type CallOutcome<T> =
  { kind: 'answered'; payment: T } | { kind: 'refused'; failure: { code: string; message: string } } | { kind: 'unknown' };

/** What came of a call about a refund; read as `CallOutcome`. */
export type RefundCallOutcome<T> =
  { kind: 'answered'; refund: T } | { kind: 'refused'; failure: { code: string; message: string } } | { kind: 'unknown' };

/** Nothing is known about the account. */
export interface UnansweredCheck {
  readonly code: 'unreachable' | 'unsupported';
  readonly message: string;
}

/**
 * Calls providers and turns every way such a call can end into a value. Never called inside a database transaction: a
 * provider may take seconds, and a transaction may run twice.
 */
@Injectable()
export class ProviderGateway {
  private readonly calls;

  constructor(
    private readonly registry: ProviderRegistry,
    private readonly fault: FaultPoint,
    private readonly health: ProviderHealthBook,
    private readonly config: MainConfig,
    @Inject(SERVICE_LOGGER) private readonly logger: Logger,
    metrics: MetricsRegistry,
  ) {
    this.calls = metrics.counter({
      name: 'provider_calls_total',
      help: 'Calls to payment providers, by type, operation and outcome.',
      labelNames: ['type', 'operation', 'outcome'],
    });
  }

  /** Creating and completing say whether a provider takes payments: of one that does not, look-ups may still be answered. */
  async createPayment(account: ProviderAccount, request: PaymentRequest): Promise<CallOutcome<ProviderPayment>> {
    const outcome = await this.call(account, 'create', (adapter) => adapter.createPayment(account, request));
    await this.health.record(account, outcome.kind !== 'unknown');
    return outcome;
  }

  /** Answers with undefined when the provider never heard of the payment. */
  lookUpPayment(account: ProviderAccount, payment: PaymentWanted): Promise<CallOutcome<ProviderPayment | undefined>> {
    return this.call(account, 'look_up', (adapter) => adapter.lookUpPayment(account, payment));
  }

  /** Whether the provider moves the money only when we complete the payment. */
  completes(type: string): boolean {
    return this.registry.get(type)?.completePayment !== undefined;
  }

  /** See ProviderAdapter; undefined for a provider that forgets nothing. */
  forgetsUnpaidAfterMs(type: string): number | undefined {
    return this.registry.get(type)?.forgetsUnpaidAfterMs;
  }

  async completePayment(
    account: ProviderAccount,
    payment: { transactionId: string; reference: string },
  ): Promise<CallOutcome<ProviderPayment>> {
    const outcome = await this.call(account, 'complete', async (adapter) => {
      if (!adapter.completePayment) throw new TypeError(`payments of ${adapter.type} complete themselves`);
      return adapter.completePayment(account, payment);
    });
    await this.health.record(account, outcome.kind !== 'unknown');
    return outcome;
  }

  cancelPayment(account: ProviderAccount, reference: string, payment?: PaymentWanted): Promise<CallOutcome<ProviderPayment>> {
    return this.call(account, 'cancel', (adapter) => adapter.cancelPayment(account, reference, payment));
  }

  /** Whether people or bank statements say that the money came. */
  decidedByOperator(type: string): boolean {
    return this.registry.get(type)?.decidedByOperator === true;
  }

  /** Whether the provider can be asked for money that came. */
  tellsReceipts(type: string): boolean {
    return this.registry.get(type)?.readReceipts !== undefined;
  }

  /** Money that came to an account; none when the provider has nothing to be asked for, or could not be asked. */
  async readReceipts(account: ProviderAccount, wanted: ReceiptsWanted): Promise<readonly ReceivedMoney[]> {
    const outcome = await this.attempt(account, 'receipts', async (adapter) => (await adapter.readReceipts?.(account, wanted)) ?? []);
    this.calls.inc({ type: account.type, operation: 'receipts', outcome: outcome.kind });
    return outcome.kind === 'answered' ? outcome.payment : [];
  }

  /** Undefined when providers of the type send nothing back. */
  refundsOf(type: string): ProviderRefunds | undefined {
    return this.registry.get(type)?.refunds;
  }

  async createRefund(account: ProviderAccount, request: RefundRequest): Promise<RefundCallOutcome<ProviderRefund>> {
    const outcome = await this.callRefunds(account, 'refund', (refunds) => refunds.create(account, request));
    if (outcome.kind === 'answered') this.fault.reached('exit-after-provider-refund');
    return outcome;
  }

  /** Answers with undefined when the provider never heard of the refund. */
  lookUpRefund(
    account: ProviderAccount,
    refund: { refundId: string; paymentReference: string; reference?: string },
  ): Promise<RefundCallOutcome<ProviderRefund | undefined>> {
    return this.callRefunds(account, 'look_up_refund', (refunds) => refunds.lookUp(account, refund));
  }

  /**
   * Tries an account. Never rejects: that the provider cannot be asked is an answer, too.
   * @param timeoutMs how long the provider may take
   */
  async checkConnection(account: ProviderAccount, timeoutMs: number): Promise<ConnectionCheck | UnansweredCheck> {
    const adapter = this.registry.get(account.type);
    const check = adapter ? await this.tryConnection(adapter, account, timeoutMs) : unsupported(account.type);
    this.calls.inc({ type: account.type, operation: 'check', outcome: check.code });
    return check;
  }

  /** @throws DomainError webhook_signature_invalid, webhook_payload_invalid, provider_error */
  async readEvents(account: ProviderAccount, rawBody: Buffer, headers: HookHeaders): Promise<readonly ProviderEvent[]> {
    return this.adapter(account).readEvents(account, rawBody, headers);
  }

  private async tryConnection(
    adapter: ProviderAdapter,
    account: ProviderAccount,
    timeoutMs: number,
  ): Promise<ConnectionCheck | UnansweredCheck> {
    try {
      return await this.inTime(adapter.checkConnection(account, AbortSignal.timeout(timeoutMs)), timeoutMs);
    } catch (error) {
      this.logger.warn({ err: error, providerId: account.id, providerType: account.type }, 'the provider could not be reached for a test');
      const message = error instanceof DomainError ? error.message : 'The payment provider could not be asked.';
      return { code: 'unreachable', message };
    }
  }

  private async call<T extends ProviderPayment | undefined>(
    account: ProviderAccount,
    operation: string,
    work: (adapter: ProviderAdapter) => Promise<T>,
  ): Promise<CallOutcome<T>> {
    const outcome = await this.attempt(account, operation, work);
    this.calls.inc({ type: account.type, operation, outcome: outcome.kind });
    if (outcome.kind === 'answered' && outcome.payment?.word === 'succeeded') this.fault.reached('exit-after-provider-success');
    return outcome;
  }

  private async callRefunds<T>(
    account: ProviderAccount,
    operation: string,
    work: (refunds: ProviderRefunds) => Promise<T>,
  ): Promise<RefundCallOutcome<T>> {
    const outcome = await this.attempt(account, operation, ({ refunds }) => {
      if (!refunds) throw new DomainError('refund_not_supported');
      return work(refunds);
    });
    this.calls.inc({ type: account.type, operation, outcome: outcome.kind });
    return outcome.kind === 'answered' ? { kind: 'answered', refund: outcome.payment } : outcome;
  }

  private async attempt<T>(
    account: ProviderAccount,
    operation: string,
    work: (adapter: ProviderAdapter) => Promise<T>,
  ): Promise<CallOutcome<T>> {
    try {
      return { kind: 'answered', payment: await this.inTime(work(this.adapter(account))) };
    } catch (error) {
      const fields = { err: error, providerId: account.id, providerType: account.type, operation };
      if (error instanceof ProviderRefusal) {
        this.logger.warn(fields, 'the provider refused');
        return { kind: 'refused', failure: error.failure };
      }
      this.logger.error(fields, 'a call to the provider failed, its outcome is unknown');
      return { kind: 'unknown' };
    }
  }

  /** Adapters have timeouts of their own; this one holds for whatever they forget. */
  private async inTime<T>(answer: Promise<T>, timeoutMs = this.config.PROVIDER_TIMEOUT_MS): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new DomainError('provider_error', 'The payment provider did not answer in time.')), timeoutMs);
    });
    try {
      return await Promise.race([answer, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  private adapter(account: ProviderAccount): ProviderAdapter {
    const adapter = this.registry.get(account.type);
    if (!adapter) throw new DomainError('provider_not_available', `This installation has no adapter for ${account.type}.`);
    return adapter;
  }
}

function unsupported(type: string): UnansweredCheck {
  return { code: 'unsupported', message: `This installation cannot talk to ${type}, so the account cannot be tried.` };
}
