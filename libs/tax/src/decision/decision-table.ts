import { decideForCanada, decideForUnitedStates } from './north-america.js';
import { withinIossLimit, withinUkLimit } from './consignment.js';
import type { Sale } from './sale.js';
import type { Supply } from './supply.js';
import { EXPORT_FROM_EU, INTRA_COMMUNITY, NOT_SUBJECT, REVERSE_CHARGE } from './verdict.js';
import type { Verdict } from './verdict.js';

/** Countries outside the EU where sellers from abroad register for what they sell to consumers. */
const REGISTRATION_COUNTRIES: ReadonlySet<string> = new Set(['GB', 'CH', 'LI', 'NO', 'IS']);
/** Reg. (EU) 282/2011, Art. 24b(d). */
const EVIDENCE_PIECES = 2;

/** The built-in decision, the first row that fits. Undefined: the sale cannot be placed, its problems say why. */
export function decideByTable(sale: Sale, supply: Supply): Verdict | undefined {
  const { seller } = sale;
  const { territory, isGoods, line } = supply;
  if (territory.country === 'US') return decideForUnitedStates(sale, supply);
  if (territory.country === 'CA' && seller.isCanadian) return decideForCanada(sale, supply);
  if (seller.isHome(territory)) {
    if (line.domesticReverseCharge && sale.vatIdHolds) {
      return {
        reason: 'domestic_reverse_charge',
        treatment: 'reverse_charge',
        place: { country: seller.country },
        untaxed: REVERSE_CHARGE,
      };
    }
    return { reason: 'domestic', treatment: 'standard', place: { country: seller.country, region: homeRegion(supply, seller.country) } };
  }
  if (REGISTRATION_COUNTRIES.has(territory.country) && seller.isRegisteredIn(territory.country)) {
    const verdict = decideWhereRegistered(sale, supply);
    if (verdict) return verdict;
  }
  if (seller.inEu(isGoods)) return territory.inEu ? decideInsideEu(sale, supply) : decideOutOfEu(sale, supply);
  if (territory.inEu) return decideIntoEu(sale, supply);
  return { reason: 'outside_scope', treatment: 'export', place: supply.territory, untaxed: NOT_SUBJECT };
}

/** The islands of Portugal have their own rates for Portuguese sellers, too. */
function homeRegion({ territory }: Supply, sellerCountry: string): string | undefined {
  return territory.country === sellerCountry ? territory.region : undefined;
}

/** Row 7. Nothing for goods of higher value and services that are not electronic: they go on to the rows of exports. */
function decideWhereRegistered(sale: Sale, supply: Supply): Verdict | undefined {
  const place = supply.territory;
  const isBusiness = sale.buyerType(supply.territory) === 'B2B';
  const treatment = place.country === 'GB' ? 'uk_vat' : 'standard';
  if (supply.isGoods) {
    if (place.country !== 'GB' || isBusiness) return undefined;
    const value = withinUkLimit(sale);
    if (value === 'unknown') sale.warn('Without unitsPerPound it is not known whether the goods are worth GBP 135 or less; taken as more.');
    return value === 'within' ? { reason: 'local_registration', treatment, place } : undefined;
  }
  if (isBusiness) {
    const untaxed = { ...NOT_SUBJECT, rateCode: 'REVERSE_CHARGE', legalText: FOREIGN_REVERSE_CHARGE } as const;
    return { place, reason: 'foreign_reverse_charge', treatment: 'reverse_charge', untaxed };
  }
  if (supply.type === 'service') return undefined;
  return { place, reason: 'local_registration', treatment, evidenceRequired: EVIDENCE_PIECES };
}
const FOREIGN_REVERSE_CHARGE = 'Not subject to VAT here: the recipient accounts for the tax in its country.';

/** Rows 10 to 15. */
function decideInsideEu(sale: Sale, supply: Supply): Verdict {
  const { seller } = sale;
  const place = supply.territory;
  if (sale.vatIdHoldsAbroad) {
    return supply.isGoods
      ? { place, reason: 'intra_community_supply', treatment: 'reverse_charge', untaxed: INTRA_COMMUNITY }
      : { place, reason: 'reverse_charge', treatment: 'reverse_charge', untaxed: REVERSE_CHARGE };
  }
  if (sale.saysBusiness) sale.warn(unconfirmed(sale));
  const home = { country: seller.country };
  if (supply.type === 'service') return { reason: 'b2c_service_origin', treatment: 'standard', place: home };
  const evidenceRequired = supply.isGoods ? undefined : EVIDENCE_PIECES;
  if (seller.isRegisteredIn(place.country)) return { place, reason: 'local_registration', treatment: 'standard', evidenceRequired };
  const { oss } = sale.settings;
  if (oss.enabled) return { place, reason: 'oss_union', treatment: 'oss', evidenceRequired };
  if (oss.thresholdExceeded) {
    const warning = `EUR 10,000 of cross-border sales to consumers are passed: register for the One-Stop-Shop or in ${place.country}.`;
    return { place, reason: 'oss_registration_missing', treatment: 'oss', evidenceRequired, warning };
  }
  return { reason: 'below_oss_threshold', treatment: 'standard', place: home };
}

function unconfirmed({ input: { buyer }, seller }: Sale): string {
  const { vatId, vatIdStatus } = buyer;
  if (!vatId) return 'The buyer says it is a business but gave no VAT id: taxed as a consumer.';
  if (vatIdStatus === 'valid' || vatIdStatus === 'recent') {
    return `VAT id ${vatId} was given by the seller’s own country ${seller.country}: taxed as a consumer.`;
  }
  return `VAT id ${vatId} is not confirmed (${vatIdStatus ?? 'not checked'}): taxed as a consumer.`;
}

/** Rows 16 and 17. */
function decideOutOfEu(sale: Sale, supply: Supply): Verdict {
  const place = supply.territory;
  if (supply.isGoods) return { place, reason: 'export_goods', treatment: 'export', untaxed: EXPORT_FROM_EU };
  const reason = sale.buyerType(supply.territory) === 'B2B' ? 'service_outside_eu_b2b' : 'service_outside_eu_b2c';
  return { place, reason, treatment: 'export', untaxed: NOT_SUBJECT };
}

/** Rows 18 to 21. */
function decideIntoEu(sale: Sale, supply: Supply): Verdict {
  const { seller, settings } = sale;
  const place = supply.territory;
  if (sale.vatIdHoldsAbroad) return { place, reason: 'reverse_charge', treatment: 'reverse_charge', untaxed: REVERSE_CHARGE };
  if (sale.saysBusiness) sale.warn(unconfirmed(sale));
  if (supply.type === 'service') return { place, reason: 'outside_scope', treatment: 'export', untaxed: NOT_SUBJECT };
  if (!supply.isGoods) {
    if (seller.isRegisteredIn(place.country)) {
      return { place, reason: 'local_registration', treatment: 'standard', evidenceRequired: EVIDENCE_PIECES };
    }
    if (settings.oss.enabled) return { place, reason: 'oss_non_union', treatment: 'oss', evidenceRequired: EVIDENCE_PIECES };
    const warning = `The first sale of a digital service to a consumer in ${place.country} needs a registration for the non-Union One-Stop-Shop.`;
    return { place, reason: 'registration_missing', treatment: 'export', untaxed: NOT_SUBJECT, warning };
  }
  if (settings.ioss.enabled) {
    const value = withinIossLimit(sale);
    if (value === 'within') return { reason: 'ioss', treatment: 'ioss', place };
    if (value === 'unknown') sale.warn('Without unitsPerEuro it is not known whether the goods are worth EUR 150 or less; taken as more.');
  }
  const untaxed = { ...NOT_SUBJECT, legalText: 'VAT on importation is due at customs.' };
  return { place, reason: 'import_vat_at_customs', treatment: 'export', untaxed };
}
