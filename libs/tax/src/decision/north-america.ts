import { US_STATES_TAXING_DIGITAL } from '../places/us-states.js';
import type { Sale } from './sale.js';
import type { Supply } from './supply.js';
import { EXPORT_FROM_EU, NOT_SUBJECT } from './verdict.js';
import type { Untaxed, Verdict } from './verdict.js';

/** Rows 4 and 5: a state's sales tax is collected only where the seller has nexus. */
export function decideForUnitedStates(sale: Sale, supply: Supply): Verdict | undefined {
  const { seller } = sale;
  const { territory, isGoods, type } = supply;
  const state = territory.region;
  const place = territory;
  if (state === undefined && seller.hasAnyNexus) {
    sale.fail({
      code: 'tax_country_unknown',
      field: `${sale.placeField(isGoods)}.region`,
      message: 'Expected the state, or a ZIP code that tells it: the seller collects sales tax in some states.',
    });
    return undefined;
  }
  if (state === undefined || !seller.hasNexus(state)) {
    if (seller.country === 'US') return { place, reason: 'us_no_nexus', treatment: 'us_sales', untaxed: NO_NEXUS };
    const fromEu = isGoods && seller.inEu(true);
    return {
      reason: fromEu ? 'export_goods' : 'us_no_nexus',
      treatment: 'export',
      place,
      untaxed: fromEu ? EXPORT_FROM_EU : NOT_SUBJECT,
    };
  }
  if (sale.input.buyer.resaleCertificate) return { place, reason: 'us_resale', treatment: 'exempt', untaxed: RESALE };
  if (!isGoods && type !== 'discount' && !US_STATES_TAXING_DIGITAL.has(state)) {
    return { place, reason: 'us_digital_not_taxable', treatment: 'exempt', untaxed: NOT_TAXABLE };
  }
  return { reason: 'us_sales_tax', treatment: 'us_sales', place };
}

const NO_NEXUS: Untaxed = { category: 'O', rateCode: 'ZERO_RATED', legalText: 'No sales tax is collected in this state.' };
const RESALE: Untaxed = { category: 'O', rateCode: 'EXEMPT', legalText: 'Sold for resale under the buyer’s certificate.' };
const NOT_TAXABLE: Untaxed = { category: 'O', rateCode: 'EXEMPT', legalText: 'Not subject to sales tax in this state.' };

/** Row 6. */
export function decideForCanada(sale: Sale, supply: Supply): Verdict | undefined {
  const province = supply.territory.region;
  if (province === undefined) {
    sale.fail({
      code: 'tax_country_unknown',
      field: `${sale.placeField(supply.isGoods)}.region`,
      message: 'Expected the province or territory, or a postal code that tells it.',
    });
    return undefined;
  }
  return { reason: 'canada', treatment: 'ca_gst_hst', place: supply.territory };
}
