import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Clock, TenantScope } from '@paygate/kernel';
import type { VatIdCheck } from '@paygate/messages';
import type { VatIdValidation } from '@paygate/tax';
import type { TaxSettings } from '@paygate/tax';
import { CLOCK } from '../clock.js';
import { Configuration } from '../configuration/index.js';
import { byItsForm, identity, unreadable } from './judge-vat-id.js';
import { readVatId } from './read-vat-id.js';
import type { ReadVatId } from './read-vat-id.js';
import { VatIdChecksRepository } from './vat-id-checks.repository.js';
import type { VatIdAnswer } from './vat-id-checks.repository.js';
import { ViesClient } from './vies-client.js';
import type { ViesReason } from './vies-answer.js';
import { ViesPauses } from './vies-pauses.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const REMEMBERED_MS = { valid: DAY_MS, invalid: HOUR_MS } as const;
/** Longer than any positive answer may stand in for one that does not come, so that a later negative one is never forgotten before it. */
const NEGATIVE_KEPT_MS = 400 * DAY_MS;

export interface VatIdQuestion {
  /** As it was written. */
  readonly vatId: string;
  /** Where the company is, ISO 3166-1 alpha-2: lets its number come without the prefix. */
  readonly country?: string;
  /** Ask even when a remembered answer would do. */
  readonly fresh?: boolean;
  /** Instead of what the organization's settings say. */
  readonly validation?: VatIdValidation;
  /** After this long it counts as unavailable here; an answer that comes later is remembered for the next time. */
  readonly patienceMs?: number;
}

type Asked = { readonly answer: VatIdAnswer } | { readonly reason: ViesReason };

/**
 * What is known of a VAT id: its form, its check digits and, where the organization wants it, the word of the Commission's
 * service. "No answer" is an answer of its own, never taken for valid nor for invalid.
 */
@Injectable()
export class CheckVatId {
  private readonly pauses = new ViesPauses();
  /** Questions under way: the page of a buyer asks while the form is filled in, the payment a moment later. */
  private readonly underWay = new Map<string, Promise<Asked>>();

  constructor(
    private readonly configuration: Configuration,
    private readonly checks: VatIdChecksRepository,
    private readonly vies: ViesClient,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** How VAT ids of the organization's buyers are checked. */
  validationOf({ organizationId }: Pick<TenantScope, 'organizationId'>): VatIdValidation {
    const { vatIdValidation = 'format', vies } = this.settings(organizationId) ?? {};
    return vatIdValidation === 'vies' && !vies?.enabled ? 'format' : vatIdValidation;
  }

  async execute(scope: TenantScope, question: VatIdQuestion): Promise<VatIdCheck> {
    const { vatId: text, country, validation = this.validationOf(scope) } = question;
    const read = readVatId(text, country);
    if (!read) return unreadable(text, country, validation);
    if (validation === 'vies' && read.vies) return this.byTheService(scope, read, question);
    return validation === 'none' ? { ...identity(read), status: 'format' } : byItsForm(read);
  }

  private async byTheService(scope: TenantScope, read: ReadVatId, { fresh = false, patienceMs }: VatIdQuestion): Promise<VatIdCheck> {
    const latest = await this.checks.findLatest(scope, read.vatId);
    const requester = this.requesterOf(scope);
    if (!fresh && latest && latest.requester === requester?.vatId && this.ageOf(latest) < REMEMBERED_MS[latest.status]) {
      return presentAnswer(latest);
    }
    const asked = await withPatience(this.askOnce(scope, read, requester), patienceMs);
    return 'answer' in asked ? presentAnswer(asked.answer) : this.withoutAnswer(scope, read, latest, asked.reason);
  }

  /** Whoever asks the same while it is being asked gets the same answer. */
  private askOnce(scope: TenantScope, read: ReadVatId, requester: ReadVatId | undefined): Promise<Asked> {
    const key = [scope.organizationId, scope.livemode, requester?.vatId, read.vatId].join(' ');
    const existing = this.underWay.get(key);
    if (existing) return existing;
    const asking = this.ask(scope, read, requester).finally(() => this.underWay.delete(key));
    this.underWay.set(key, asking);
    return asking;
  }

  private async ask(scope: TenantScope, { vatId, countryCode, vies: number }: ReadVatId, requester: ReadVatId | undefined): Promise<Asked> {
    if (!number) return { reason: 'UNREADABLE_ANSWER' };
    const paused = this.pauses.reason(number.countryCode, this.clock.now());
    if (paused) return { reason: paused };
    const said = await this.vies.ask(number, requester?.vies);
    const checkedAt = this.clock.now();
    if (said.kind === 'unavailable') {
      this.pauses.begin(number.countryCode, said.reason, checkedAt);
      return { reason: said.reason };
    }
    this.pauses.end(number.countryCode);
    const { kind: status, ...facts } = said;
    const forgetAt = status === 'invalid' ? new Date(checkedAt.getTime() + NEGATIVE_KEPT_MS) : undefined;
    const answer: VatIdAnswer = { vatId, countryCode, requester: requester?.vatId, status, ...facts, checkedAt, forgetAt };
    await this.checks.add(scope, answer);
    return { answer };
  }

  /** The merchant's choice what to do then. A number whose check digits cannot be right needs no answer. */
  private withoutAnswer(scope: TenantScope, read: ReadVatId, latest: VatIdAnswer | undefined, reason: ViesReason): VatIdCheck {
    const { fallback, recentDays } = this.settings(scope.organizationId)?.vies ?? { fallback: 'charge_vat', recentDays: 0 };
    if (fallback === 'accept_recent' && latest?.status === 'valid' && this.ageOf(latest) <= recentDays * DAY_MS) {
      return Object.assign(presentAnswer(latest), { status: 'recent', reason } as const);
    }
    const byForm = byItsForm(read);
    return byForm.status === 'invalid' ? byForm : { ...identity(read), status: 'unavailable', reason };
  }

  private ageOf({ checkedAt }: VatIdAnswer): number {
    return this.clock.now().getTime() - checkedAt.getTime();
  }

  /** The first of the seller's own VAT ids whose country the service knows. */
  private requesterOf({ organizationId }: TenantScope): ReadVatId | undefined {
    const settings = this.settings(organizationId);
    if (!settings) return undefined;
    const { vatId, sellerCountry: country, registrations } = settings;
    const own = [{ vatId, country }, ...registrations].map((one) =>
      one.vatId === undefined ? undefined : readVatId(one.vatId, one.country),
    );
    return own.find((read) => read?.vies);
  }

  private settings(organizationId: string): TaxSettings | undefined {
    return this.configuration.tax(organizationId)?.configuration.settings;
  }
}

function presentAnswer({ vatId, countryCode, status, companyName, address, consultationNumber, checkedAt }: VatIdAnswer): VatIdCheck {
  const answer = { vatId, countryCode, status, checkedAt: checkedAt.toISOString() };
  return status === 'valid' ? { ...answer, companyName, address, consultationNumber } : { ...answer, reason: 'NOT_REGISTERED' };
}

async function withPatience(asking: Promise<Asked>, patienceMs: number | undefined): Promise<Asked> {
  if (patienceMs === undefined) return asking;
  const stop = new AbortController();
  const late = pause<Asked>(patienceMs, { reason: 'NO_ANSWER_IN_TIME' }, { signal: stop.signal });
  // Whichever loses may still fail; nobody is left to hear of it.
  late.catch(() => undefined);
  asking.catch(() => undefined);
  try {
    return await Promise.race([asking, late]);
  } finally {
    stop.abort();
  }
}
