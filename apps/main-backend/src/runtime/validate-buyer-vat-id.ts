import { Injectable } from '@nestjs/common';
import type { VatIdCheck } from '@paygate/messages';
import { CheckVatId, judgeVatIdByForm } from '../vat-ids/index.js';
import { BuyerOrigins } from './buyer-origins.js';
import type { PageHeaders } from './buyer-origins.js';
import type { ValidateVatIdBody, VatIdAnswer } from './dto/vat-id.js';
import { FindPayableCheckout } from './find-payable-checkout.js';

/** The service gets two tries within it; the buyer goes on filling in the form meanwhile. */
const PATIENCE_MS = 9_000;

/**
 * What a buyer's page may know of a VAT id. Only for the session of a checkout others are asked: then it is a merchant's
 * question. Without one, nobody is asked and nothing is stored.
 */
@Injectable()
export class ValidateBuyerVatId {
  constructor(
    private readonly check: CheckVatId,
    private readonly checkouts: FindPayableCheckout,
    private readonly origins: BuyerOrigins,
  ) {}

  /** @throws DomainError origin_not_allowed; with a session what `FindPayableCheckout` throws */
  async execute(
    { vatId, countryCode: country }: ValidateVatIdBody,
    session: string | undefined,
    headers: PageHeaders,
  ): Promise<VatIdAnswer> {
    if (session === undefined) {
      this.origins.requireKnown(headers);
      return present(judgeVatIdByForm(vatId, country));
    }
    const { scope } = await this.checkouts.execute(session, headers);
    return present(await this.check.execute(scope, { vatId, country, patienceMs: PATIENCE_MS }));
  }
}

/** The consultation number is the merchant's proof, and no business of the page. */
function present({ status, vatId, countryCode, companyName, address, reason }: VatIdCheck): VatIdAnswer {
  const valid = status === 'valid' || status === 'recent' || status === 'format';
  return { valid, status, vatId, countryCode, companyName, address, reason };
}
