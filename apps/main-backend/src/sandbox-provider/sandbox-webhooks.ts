import { Inject, Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { FieldEncryption } from '@paygate/data-kit';
import { newPrefixedId } from '@paygate/kernel';
import { SERVICE_LOGGER } from '@paygate/nest-kit';
import type { ClientSession, Model } from 'mongoose';
import type { Logger } from 'pino';
import type { SandboxDisputeBody, SandboxRefundBody } from './present-money-back.js';
import { presentPayment } from './present-payment.js';
import type { SandboxPayment } from './sandbox-payment.js';
import { SANDBOX_WEBHOOK_MODEL } from './sandbox-webhook.schema.js';
import type { SandboxWebhookRow } from './sandbox-webhook.schema.js';
import { signWebhook } from './sign-webhook.js';

const ANSWER_WITHIN_MS = 10_000;
/** Longer than an attempt may take: a row is due again when whoever had it has died. */
const LEASE_MS = 30_000;
const LONGEST_WAIT_MS = 60_000;
const AT_ONCE = 8;

/** What a notification tells, beside the payment itself. */
export interface SandboxHappening {
  /** E.g. `payment.paid`. */
  readonly type: string;
  readonly data?: { readonly refund: SandboxRefundBody } | { readonly dispute: SandboxDisputeBody };
}

/** The notifications of the simulated provider: written with the change they tell of, sent until the receiver says 2xx. */
@Injectable()
export class SandboxWebhooks {
  constructor(
    @InjectModel(SANDBOX_WEBHOOK_MODEL) private readonly rows: Model<SandboxWebhookRow>,
    private readonly encryption: FieldEncryption,
    @Inject(SERVICE_LOGGER) private readonly logger: Logger,
  ) {}

  encryptSecret(paymentId: string, secret: string): string {
    return this.encryption.encrypt(secret, secretContext(paymentId));
  }

  /** Adds the notification of something that happened to a payment, unless nobody wants it. */
  async add(payment: SandboxPayment, happened: SandboxHappening, now: Date, session: ClientSession): Promise<void> {
    if (payment.webhookUrl === undefined || payment.webhookSecret === undefined) return;
    const id = newPrefixedId('sbxevt', now);
    const data = { payment: presentPayment(payment), ...happened.data };
    const event = { id, type: happened.type, createdAt: now.toISOString(), data };
    const row: SandboxWebhookRow = {
      _id: id,
      paymentId: payment.id,
      url: payment.webhookUrl,
      secret: payment.webhookSecret,
      body: JSON.stringify(event),
      attempts: 0,
      dueAt: now,
      createdAt: now,
    };
    await this.rows.create([row], { session });
  }

  /** Sends everything that is due, some at the same time, so that one slow receiver does not hold up the others. */
  async sendDue(signal: AbortSignal): Promise<void> {
    const worker = async (): Promise<void> => {
      while (!signal.aborted) {
        const row = await this.claim(new Date());
        if (!row) return;
        await this.attempt(row);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }

  private async claim(now: Date): Promise<SandboxWebhookRow | null> {
    return this.rows
      .findOneAndUpdate(
        { dueAt: { $lte: now } },
        { $set: { dueAt: new Date(now.getTime() + LEASE_MS) }, $inc: { attempts: 1 } },
        { sort: { dueAt: 1 }, returnDocument: 'after' },
      )
      .lean<SandboxWebhookRow | null>();
  }

  private async attempt(row: SandboxWebhookRow): Promise<void> {
    const outcome = await this.post(row);
    if (outcome === 'taken') {
      await this.rows.deleteOne({ _id: row._id });
      return;
    }
    const waitMs = Math.min(1000 * 2 ** (row.attempts - 1), LONGEST_WAIT_MS);
    await this.rows.updateOne({ _id: row._id }, { $set: { dueAt: new Date(Date.now() + waitMs) } });
    this.logger.warn({ webhookId: row._id, attempts: row.attempts, outcome, waitMs }, 'a sandbox notification was not taken');
  }

  private async post(row: SandboxWebhookRow): Promise<string> {
    const secret = this.encryption.decrypt(row.secret, secretContext(row.paymentId));
    try {
      const answer = await fetch(row.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'sandbox-signature': signWebhook(row.body, secret, new Date()) },
        body: row.body,
        redirect: 'manual',
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      await answer.body?.cancel();
      return answer.ok ? 'taken' : `status ${answer.status}`;
    } catch (error) {
      return error instanceof Error ? `${error.name}: ${error.message}` : 'failed';
    }
  }
}

function secretContext(paymentId: string): string {
  return `sandbox:${paymentId}:webhook-secret`;
}
