import { Inject, Injectable } from '@nestjs/common';
import { IdempotencyKeys, isDuplicateKey, Transactions } from '@paygate/data-kit';
import { newObjectId, randomToken } from '@paygate/kernel';
import type { Clock, TenantScope } from '@paygate/kernel';
import { tenantScopeOf } from '@paygate/messages';
import type { CreateCheckoutCommand, CreatedCheckout, ProviderSnapshot, SiteSnapshot } from '@paygate/messages';
import type { ClientSession } from 'mongoose';
import { CLOCK } from '../clock.js';
import { Configuration } from '../configuration/index.js';
import { BuyerStanding } from '../customer-risk/index.js';
import type { NewCheckout } from './checkout.js';
import { CheckoutAddresses } from './checkout-addresses.js';
import { CheckoutsRepository } from './checkouts.repository.js';

const OPERATION = 'checkout.create';
const HOUR_MS = 3_600_000;
const SHORT_CODE_LENGTH = 10;
const SESSION_LENGTH = 24;
/** Codes have 58 bits and more: a second collision in a row means something else is wrong. */
const MOST_TRIES = 3;

type Answer = Omit<CreatedCheckout, 'replayed'>;

/** Opens a checkout for a site. */
@Injectable()
export class CreateCheckout {
  constructor(
    private readonly checkouts: CheckoutsRepository,
    private readonly configuration: Configuration,
    private readonly addresses: CheckoutAddresses,
    private readonly standing: BuyerStanding,
    private readonly transactions: Transactions,
    private readonly idempotency: IdempotencyKeys,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError site_not_found, site_inactive, organization_suspended, CHECKOUT_BLOCKED_BY_DISPUTE,
   *   CHECKOUT_BLOCKED_BY_CUSTOMER_HOLD, CHECKOUT_RESTRICTED_BY_CUSTOMER_HOLD, and what `IdempotencyKeys.once` throws
   */
  async execute(command: CreateCheckoutCommand): Promise<CreatedCheckout> {
    const scope = tenantScopeOf(command);
    const site = await this.configuration.activeSite(scope, command.siteId);
    for (let left = MOST_TRIES - 1; ; left--) {
      try {
        return await this.createWithNewCodes(scope, site, command);
      } catch (error) {
        if (left === 0 || !isDuplicateKey(error)) throw error;
      }
    }
  }

  private async createWithNewCodes(scope: TenantScope, site: SiteSnapshot, command: CreateCheckoutCommand): Promise<CreatedCheckout> {
    const checkout = this.newCheckout(command);
    const { idempotency } = command;
    if (!idempotency) return { ...(await this.store(scope, site, checkout)), replayed: false };
    const { key, requestHash } = idempotency;
    const claim = { scope, operation: OPERATION, key, requestHash };
    const { result, replayed } = await this.transactions.run((session) =>
      this.idempotency.once(session, claim, () => this.store(scope, site, checkout, session)),
    );
    return { ...result, replayed };
  }

  /**
   * Without a transaction the insert comes first: a crash after it leaves an older checkout open beside the new one, and
   * the merchant, who got no answer, asks again. The other order could close the older one for nothing.
   */
  private async store(scope: TenantScope, site: SiteSnapshot, checkout: NewCheckout, session?: ClientSession): Promise<Answer> {
    // Here, so that a request that is repeated is answered as before, whatever has come to light meanwhile.
    await this.requireTrusted(scope, site, checkout);
    await this.checkouts.insert(scope, checkout, session);
    if (site.supersedeOpenCheckouts && checkout.externalReference !== undefined) {
      await this.checkouts.supersedeOlder(scope, checkout, session);
    }
    return {
      id: checkout.id,
      sessionPublicId: checkout.sessionPublicId,
      shortCode: checkout.shortCode,
      paymentUrl: this.addresses.payment(checkout.shortCode),
    };
  }

  /** A buyer who may use some providers only gets a checkout when the site offers one of them. */
  private async requireTrusted(scope: TenantScope, site: SiteSnapshot, { email, clientId }: NewCheckout): Promise<void> {
    const restriction = await this.standing.require(scope, [{ email, clientId }], 'merchant');
    if (!restriction) return;
    const isAllowed = ({ type }: ProviderSnapshot): boolean => restriction.allowedProviderTypes.includes(type);
    if (this.configuration.providersFor(site, scope.livemode).some(isAllowed)) return;
    throw restriction.refusal(
      this.configuration
        .usableProviders(scope)
        .filter(isAllowed)
        .map(({ id }) => id),
    );
  }

  private newCheckout(command: CreateCheckoutCommand): NewCheckout {
    const { organizationId: _organizationId, livemode: _livemode, idempotency: _idempotency, expireInHours, metadata, ...fields } = command;
    const createdAt = this.clock.now();
    return {
      ...fields,
      id: newObjectId(createdAt),
      sessionPublicId: randomToken(SESSION_LENGTH),
      shortCode: randomToken(SHORT_CODE_LENGTH),
      metadata: metadata ?? {},
      expiresAt: new Date(createdAt.getTime() + expireInHours * HOUR_MS),
      createdAt,
    };
  }
}
