import { taxMoved, taxSnapshot } from '@paygate/messages';
import type { TaxMoved } from '@paygate/messages';
import { ConfigBucket } from '@paygate/messaging-kit';
import { DEFAULT_TAX_RATES, DEFAULT_TAX_SETTINGS } from '@paygate/tax';
import type { TaxConfiguration, TaxSettings } from '@paygate/tax';
import { eventually } from '@paygate/testing';
import { Configuration } from '../../src/configuration/index.js';
import type { MainStack, Merchant } from './main-stack.js';

export const GERMAN_SELLER: TaxSettings = { ...DEFAULT_TAX_SETTINGS, enabled: true, sellerCountry: 'DE' };

/** Settings of a registered seller who has VAT ids of buyers checked. */
export const WITH_VIES: Partial<TaxSettings> = {
  vatId: 'DE136695976',
  vies: { enabled: true, fallback: 'charge_vat', recentDays: 30 },
};

/** Lets the merchant's sales be taxed, by the default catalogue, and waits until the service knows. */
export async function taxMerchant(
  stack: MainStack,
  { organizationId: id }: Merchant,
  settings: Partial<TaxSettings> = {},
  changes: Partial<TaxConfiguration> = {},
): Promise<void> {
  const revision = (stack.app.get(Configuration).tax(id)?.revision ?? 0) + 1;
  const configuration = { settings: { ...GERMAN_SELLER, ...settings }, rates: DEFAULT_TAX_RATES.map(({ ...rate }) => rate), rules: [] };
  await stack.app.get(ConfigBucket).put(taxSnapshot, id, { id, revision, configuration: { ...configuration, ...changes } });
  await eventually(() => {
    if (stack.app.get(Configuration).tax(id)?.revision !== revision) throw new Error('the tax configuration did not arrive');
  });
}

export interface ToldTax {
  /** Everything, as it was written for publication. */
  told: TaxMoved[];
  /** Of every source its highest version, unless that voids it. */
  standing: TaxMoved[];
  /** Net and tax of each rate code, and what is untaxed, over everything that stands; without zeros. */
  sums: Record<string, number>;
}

/** What the service has told of the tax of a transaction. */
export async function toldTax({ database }: MainStack, transactionId: string): Promise<ToldTax> {
  const rows = await database
    .collection<{ subject: string; payload: TaxMoved }>('outbox')
    .find({ 'payload.transactionId': transactionId, subject: taxMoved.subject })
    .toArray();
  const told = rows.map(({ payload }) => payload);
  const bySource = new Map<string, TaxMoved>();
  for (const moved of told) {
    const known = bySource.get(moved.sourceId);
    if (!known || known.taxVersion < moved.taxVersion) bySource.set(moved.sourceId, moved);
  }
  const standing = [...bySource.values()].filter(({ voided }) => !voided);
  const sums = new Map<string, number>();
  const add = (key: string, amount: number): unknown => sums.set(key, (sums.get(key) ?? 0) + amount);
  for (const { breakdown, untaxed } of standing) {
    add('untaxed', untaxed);
    for (const { taxRateCode, taxableBase, taxAmount } of breakdown) {
      add(`${taxRateCode} net`, taxableBase);
      add(`${taxRateCode} tax`, taxAmount);
    }
  }
  return { told, standing, sums: Object.fromEntries([...sums].filter(([, amount]) => amount !== 0)) };
}
