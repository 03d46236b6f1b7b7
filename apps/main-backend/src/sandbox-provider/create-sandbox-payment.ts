import { Injectable } from '@nestjs/common';
import { requestHash } from '@paygate/data-kit';
import { DomainError, newPrefixedId, randomToken } from '@paygate/kernel';
import type { CreatePaymentDto } from './dto/create-payment.dto.js';
import type { SandboxPayment } from './sandbox-payment.js';
import { SandboxPaymentsRepository } from './sandbox-payments.repository.js';
import { SandboxWebhooks } from './sandbox-webhooks.js';
import { SandboxConfig } from './sandbox.config.js';

const PAGE_TOKEN_LENGTH = 32;

export interface CreateSandboxPaymentInput {
  readonly account: string;
  readonly idempotencyKey?: string;
  /** Where the caller reached us. */
  readonly origin: string;
  readonly body: CreatePaymentDto;
}

@Injectable()
export class CreateSandboxPayment {
  constructor(
    private readonly payments: SandboxPaymentsRepository,
    private readonly webhooks: SandboxWebhooks,
    private readonly config: SandboxConfig,
  ) {}

  /** @throws DomainError validation_failed, idempotency_key_reused */
  async execute({ account, idempotencyKey, origin, body }: CreateSandboxPaymentInput): Promise<SandboxPayment> {
    this.refuseForeignWebhook(body, origin);
    const { webhookUrl, webhookSecret, ...fields } = body;
    const now = new Date();
    const id = newPrefixedId('sbxpay', now);
    const payment: SandboxPayment = {
      id,
      account,
      pageToken: randomToken(PAGE_TOKEN_LENGTH),
      status: 'awaiting_buyer',
      ...fields,
      webhookUrl,
      webhookSecret: webhookSecret === undefined ? undefined : this.webhooks.encryptSecret(id, webhookSecret),
      createdAt: now,
      updatedAt: now,
    };
    const hash = requestHash({ ...fields, webhookUrl });
    if (await this.payments.insert(payment, { key: idempotencyKey, requestHash: hash })) return payment;
    return this.earlier(account, idempotencyKey ?? '', hash);
  }

  /** The same request again gets the same payment, as it stands by now. */
  private async earlier(account: string, key: string, hash: string): Promise<SandboxPayment> {
    const known = await this.payments.findByKey(account, key);
    if (!known) throw new DomainError('conflict');
    if (known.requestHash !== hash) throw new DomainError('idempotency_key_reused');
    return known.payment;
  }

  /** Anybody can make up a key, so the simulator must not become a way to send requests to places of one's choice. */
  private refuseForeignWebhook({ webhookUrl, webhookSecret }: CreatePaymentDto, origin: string): void {
    if (webhookUrl === undefined) return;
    const url = new URL(webhookUrl);
    const own = [origin, this.config.HOOKS_PUBLIC_URL].flatMap((base) => (base === undefined ? [] : new URL(base).origin));
    if (!own.includes(url.origin) || !url.pathname.startsWith('/hooks/')) {
      const expected = `an address under ${own.map((base) => `${base}/hooks/`).join(' or ')}`;
      throw DomainError.invalid({ field: 'webhookUrl', code: 'foreign_address', message: `webhookUrl must be ${expected}.`, expected });
    }
    if (webhookSecret === undefined) {
      throw DomainError.invalid({ field: 'webhookSecret', code: 'required', message: 'webhookSecret is needed to sign notifications.' });
    }
  }
}
