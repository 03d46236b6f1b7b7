import { Inject, Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import type { Clock } from '@paygate/kernel';
import { CLOCK } from '../clock.js';
import { DecideTax } from './decide-tax.js';
import type { Sale } from './sale-tax-input.js';
import { summariseTax } from './summarise-tax.js';
import type { TaxSummary } from './tax-decision.js';
import type { TaxedPayment } from './taxed-payment.js';
import { TransactionTaxes } from './transaction-taxes.repository.js';

/** The tax of a sale as it is shown: what was decided about its payment, or what would be now. Asks nobody else. */
@Injectable()
export class ShowTax {
  constructor(
    private readonly taxes: TransactionTaxes,
    private readonly decide: DecideTax,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @param payment the one in question, once there is one */
  async execute(sale: Sale & { scope: TenantScope }, payment: Pick<TaxedPayment, 'id' | 'taxVersion'> | undefined): Promise<TaxSummary> {
    const { scope, amount } = sale;
    const now = this.clock.now();
    if (!payment) return summariseTax(this.decide.atFirstSight(scope, sale, now).calculation, amount);
    const { id, taxVersion } = payment;
    if (taxVersion === undefined) return summariseTax(this.decide.asNamed(sale, now).calculation, amount);
    return summariseTax((await this.taxes.find(scope, id, taxVersion))?.calculation, amount);
  }
}
