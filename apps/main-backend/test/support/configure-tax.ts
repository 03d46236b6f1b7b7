import { taxSnapshot } from '@paygate/messages';
import { ConfigBucket } from '@paygate/messaging-kit';
import { DEFAULT_TAX_SETTINGS } from '@paygate/tax';
import type { TaxRate, TaxSettings } from '@paygate/tax';
import { eventually } from '@paygate/testing';
import { Configuration } from '../../src/configuration/index.js';
import type { MainStack, Merchant } from './main-stack.js';

/** A German seller, registered, who has VAT ids of buyers checked, unless `changes` say otherwise. */
export async function configureTax(
  { app }: Pick<MainStack, 'app'>,
  { organizationId: id }: Pick<Merchant, 'organizationId'>,
  changes: Partial<TaxSettings> = {},
  rates: readonly TaxRate[] = [],
): Promise<void> {
  const settings: TaxSettings = {
    ...DEFAULT_TAX_SETTINGS,
    enabled: true,
    sellerCountry: 'DE',
    vatId: 'DE136695976',
    vies: { enabled: true, fallback: 'charge_vat', recentDays: 30 },
    ...changes,
  };
  const configuration = app.get(Configuration);
  const revision = (configuration.tax(id)?.revision ?? 0) + 1;
  await app.get(ConfigBucket).put(taxSnapshot, id, { id, configuration: { settings, rates, rules: [] }, revision });
  await eventually(() => {
    if (configuration.tax(id)?.revision !== revision) throw new Error('the tax configuration has not arrived');
  });
}
