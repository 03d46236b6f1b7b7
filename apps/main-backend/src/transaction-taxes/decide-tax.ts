import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import type { Address, TaxSnapshot, VatIdCheck } from '@paygate/messages';
import { EVIDENCE_SOURCES, TaxEngine } from '@paygate/tax';
import type { TaxConfiguration, TaxInput } from '@paygate/tax';
import { Configuration } from '../configuration/index.js';
import { CheckVatId, VatIdRechecksRepository } from '../vat-ids/index.js';
import { judgeSale } from './judge-sale.js';
import { saleTaxInput } from './sale-tax-input.js';
import type { KnownVatId, Sale } from './sale-tax-input.js';
import { summariseTax } from './summarise-tax.js';
import type { TaxSummary, TaxVerdict } from './tax-decision.js';

/** A buyer waits for no longer than this for what the Commission's service says. */
const PATIENCE_MS = 3_000;

/** Decides how sales are taxed, by the organization's configuration as it is now. Nothing is stored. */
@Injectable()
export class DecideTax {
  /** An engine indexes its configuration once; a changed one is another object. */
  private readonly engines = new WeakMap<TaxConfiguration, TaxEngine>();
  private readonly lenientOnes = new WeakMap<TaxConfiguration, TaxConfiguration>();

  constructor(
    private readonly configuration: Configuration,
    private readonly checkVatId: CheckVatId,
    private readonly rechecks: VatIdRechecksRepository,
  ) {}

  /**
   * For a payment that is about to begin. Undefined while tax is not enabled: then nothing is decided.
   * @throws DomainError tax_evidence_insufficient, where the organization wants no such sale
   */
  async forSale(scope: TenantScope, sale: Sale, at: Date): Promise<TaxVerdict | undefined> {
    const snapshot = this.configuration.tax(scope.organizationId);
    const verdict = await this.ofEnabled(snapshot, scope, sale, at);
    const lacking = verdict?.problems?.find(({ code }) => code === 'tax_evidence_insufficient');
    if (lacking)
      throw new DomainError(lacking.code, lacking.message, { evidence: verdict?.input.evidence ?? [], accepted: EVIDENCE_SOURCES });
    return verdict;
  }

  /** For a sale that has taken place already: nothing refuses it. */
  async forPastSale(scope: TenantScope, sale: Sale, at: Date): Promise<TaxVerdict | undefined> {
    return this.ofEnabled(this.lenient(scope), scope, sale, at);
  }

  /** For a buyer who has not decided yet. */
  async preview(scope: TenantScope, sale: Sale, at: Date): Promise<TaxSummary> {
    const { calculation } = this.judge(this.lenient(scope), await this.inputOf(scope, sale, at), sale.amount);
    return summariseTax(calculation, sale.amount);
  }

  /** Like a preview, without asking others about the buyer. */
  atFirstSight(scope: TenantScope, sale: Sale, at: Date): TaxVerdict {
    const input = saleTaxInput(sale, at, unasked(sale.billingAddress));
    return this.judge(this.lenient(scope), input, sale.amount);
  }

  /** What the shop named itself, whatever is enabled. */
  asNamed(sale: Sale, at: Date): TaxVerdict {
    return this.judge(undefined, saleTaxInput(sale, at, unasked(sale.billingAddress)), sale.amount);
  }

  /**
   * Once more, with the present configuration. What the Commission's service said about the VAT id at the time of the sale stays;
   * what it could not say then, it may have said since.
   */
  async again(scope: TenantScope, transactionId: string, input: TaxInput, amount: number): Promise<TaxVerdict> {
    const snapshot = this.lenient(scope);
    const { vatIdStatus, vatId, country } = input.buyer;
    if (vatIdStatus === 'valid' || vatIdStatus === 'invalid') return this.judge(snapshot, input, amount);
    const since = await this.rechecks.findOutcome(scope, transactionId);
    const known = since ? knownOf(since) : await this.vatIdOf(scope, { vatId, country });
    return this.judge(snapshot, { ...input, buyer: { ...input.buyer, ...known } }, amount);
  }

  private async ofEnabled(snapshot: TaxSnapshot | undefined, scope: TenantScope, sale: Sale, at: Date): Promise<TaxVerdict | undefined> {
    return snapshot?.configuration.settings.enabled ? this.judge(snapshot, await this.inputOf(scope, sale, at), sale.amount) : undefined;
  }

  /** Only a payment that is about to begin can be refused for its evidence; of any other its tax is to be known all the same. */
  private lenient({ organizationId }: TenantScope): TaxSnapshot | undefined {
    const snapshot = this.configuration.tax(organizationId);
    if (!snapshot?.configuration.settings.strictEvidence) return snapshot;
    const { id, revision, configuration } = snapshot;
    const known = this.lenientOnes.get(configuration);
    const lenient = known ?? { ...configuration, settings: { ...configuration.settings, strictEvidence: false } };
    if (!known) this.lenientOnes.set(configuration, lenient);
    return { id, revision, configuration: lenient };
  }

  private judge(snapshot: TaxSnapshot | undefined, input: TaxInput, amount: number): TaxVerdict {
    return judgeSale(input, amount, snapshot, (configuration) => this.engineOf(configuration).calculate(input));
  }

  private async inputOf(scope: TenantScope, sale: Sale, at: Date): Promise<TaxInput> {
    return saleTaxInput(sale, at, await this.vatIdOf(scope, sale.billingAddress));
  }

  /** Never fails, and never waits for long: "no answer" is an answer of its own. */
  private async vatIdOf(scope: TenantScope, address: Pick<Address, 'vatId' | 'country'> | undefined): Promise<KnownVatId> {
    const { vatId, country } = address ?? {};
    if (vatId === undefined || this.configuration.tax(scope.organizationId)?.configuration.settings.enabled !== true)
      return unasked(address);
    return knownOf(await this.checkVatId.execute(scope, { vatId, country, patienceMs: PATIENCE_MS }));
  }

  private engineOf(configuration: TaxConfiguration): TaxEngine {
    const engine = this.engines.get(configuration) ?? new TaxEngine(configuration);
    this.engines.set(configuration, engine);
    return engine;
  }
}

/** A VAT id nobody was asked about. */
function unasked(address: Pick<Address, 'vatId'> | undefined): KnownVatId {
  return address?.vatId === undefined ? {} : { vatId: address.vatId, vatIdStatus: 'format' };
}

function knownOf({ vatId, status: vatIdStatus, consultationNumber }: VatIdCheck): KnownVatId {
  return { vatId, vatIdStatus, ...(consultationNumber === undefined ? {} : { consultationNumber }) };
}
