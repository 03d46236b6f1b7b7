import { isCountryCode } from '../places/countries.js';
import type { TaxRule } from '../tax-rule.js';
import { withinIossLimit, withinUkLimit } from './consignment.js';
import { decideByTable } from './decision-table.js';
import type { Sale } from './sale.js';
import type { Supply } from './supply.js';
import { EXPORT_FROM_EU, INTRA_COMMUNITY, NOT_SUBJECT, REVERSE_CHARGE } from './verdict.js';
import type { Verdict } from './verdict.js';

/** What the rule comes to, or why the law does not let it. */
export function judgeRule(rule: TaxRule, sale: Sale, supply: Supply): Verdict | string {
  const verdict = judge(rule, sale, supply);
  if (typeof verdict === 'string') return verdict;
  const { legalReference, evidenceRequired } = rule;
  return { ...verdict, ...(legalReference && { legalText: legalReference }), ...(evidenceRequired !== undefined && { evidenceRequired }) };
}

function judge(rule: TaxRule, sale: Sale, supply: Supply): Verdict | string {
  const { seller, settings } = sale;
  const { territory, isGoods, line, type } = supply;
  const place = territory;
  const { rateCode } = rule;
  switch (rule.treatment) {
    case 'standard':
    case 'reduced': {
      if (line.domesticReverseCharge && seller.isHome(territory) && sale.vatIdHolds)
        return 'the line is subject to domestic reverse charge';
      const country = countryOf(rateCode) ?? place.country;
      const reason = country === seller.country && seller.isHome(territory) ? 'domestic' : 'merchant_rule';
      return { reason, treatment: 'standard', place: country === place.country ? place : { country }, rateCode };
    }
    case 'reverse_charge':
      return judgeReverseCharge(sale, supply);
    case 'oss': {
      if (!territory.inEu || seller.isHome(territory)) return 'the One-Stop-Shop is for sales to other Member States';
      if (sale.vatIdHoldsAbroad) return 'the buyer has a confirmed VAT id';
      if (type === 'service') return 'services that are not electronic are taxed where the seller is';
      if (isGoods && !seller.inEu(true)) return 'goods from outside the EU go through the Import One-Stop-Shop';
      if (!settings.oss.enabled) return 'the seller is not registered for the One-Stop-Shop';
      const evidenceRequired = isGoods ? undefined : 2;
      return { place, reason: seller.inEu(isGoods) ? 'oss_union' : 'oss_non_union', treatment: 'oss', rateCode, evidenceRequired };
    }
    case 'ioss': {
      if (!territory.inEu || seller.inEu(isGoods) || !isGoods) return 'the Import One-Stop-Shop is for goods from outside the EU';
      if (!settings.ioss.enabled) return 'the seller is not registered for the Import One-Stop-Shop';
      if (withinIossLimit(sale) !== 'within') return 'the goods are worth more than EUR 150';
      return { place, reason: 'ioss', treatment: 'ioss', rateCode };
    }
    case 'export': {
      if (seller.isHome(territory)) return 'the supply stays inside the seller’s VAT area';
      if (seller.inEu(isGoods) && territory.inEu) return 'the supply stays inside the EU';
      const builtIn = decideByTable(sale, supply);
      if (!builtIn?.untaxed || builtIn.treatment !== 'export') return 'the seller is registered where the supply takes place';
      return {
        place,
        reason: builtIn.reason,
        treatment: 'export',
        untaxed: seller.inEu(isGoods) && isGoods ? EXPORT_FROM_EU : NOT_SUBJECT,
      };
    }
    case 'exempt':
      return { place, reason: 'merchant_rule', treatment: 'exempt', untaxed: { category: 'E', rateCode: 'EXEMPT' } };
    case 'zero_rated':
      return { place, reason: 'merchant_rule', treatment: 'zero_rated', untaxed: { category: 'Z', rateCode: 'ZERO_RATED' } };
    case 'uk_vat': {
      if (territory.country !== 'GB' && territory.country !== 'XI') return 'the supply is not in the United Kingdom';
      if (seller.country !== 'GB' && !seller.isRegisteredIn('GB')) return 'the seller is not registered for VAT in the United Kingdom';
      if (territory.country === 'XI' && seller.inEu(true)) return 'goods in Northern Ireland follow the rules of the EU';
      if (!seller.isHome(territory)) {
        if (isGoods && withinUkLimit(sale) !== 'within') return 'the goods are worth more than GBP 135';
        if (sale.buyerType(territory) === 'B2B') return 'businesses account for the tax themselves';
      }
      return {
        reason: seller.isHome(territory) ? 'domestic' : 'local_registration',
        treatment: 'uk_vat',
        place: { country: 'GB' },
        rateCode,
      };
    }
    case 'us_sales':
      return fromTable(sale, supply, 'us_sales_tax', 'the seller collects no sales tax there, or not on this', rateCode);
    case 'ca_gst_hst':
      return fromTable(sale, supply, 'canada', 'the seller is not registered in Canada, or the supply is not there', rateCode);
  }
}

function judgeReverseCharge(sale: Sale, { territory, isGoods, line }: Supply): Verdict | string {
  const { seller } = sale;
  const place = territory;
  if (seller.isHome(territory)) {
    if (!line.domesticReverseCharge) return 'the supply is domestic';
    if (!sale.vatIdHolds) return 'the buyer has no confirmed VAT id';
    return { place, reason: 'domestic_reverse_charge', treatment: 'reverse_charge', untaxed: REVERSE_CHARGE };
  }
  if (territory.inEu) {
    if (!sale.vatIdHoldsAbroad) return 'the buyer has no confirmed VAT id of another country';
    const isSupply = isGoods && seller.inEu(true);
    const reason = isSupply ? 'intra_community_supply' : 'reverse_charge';
    return { place, reason, treatment: 'reverse_charge', untaxed: isSupply ? INTRA_COMMUNITY : REVERSE_CHARGE };
  }
  if (isGoods) return 'goods leave the EU';
  if (sale.buyerType(territory) !== 'B2B') return 'the buyer is not a business';
  const untaxed = { ...NOT_SUBJECT, rateCode: 'REVERSE_CHARGE' } as const;
  return { place, reason: 'foreign_reverse_charge', treatment: 'reverse_charge', untaxed };
}

function fromTable(sale: Sale, supply: Supply, reason: Verdict['reason'], otherwise: string, rateCode?: string): Verdict | string {
  const country = reason === 'canada' ? 'CA' : 'US';
  if (supply.territory.country !== country) return `the supply is not in ${country}`;
  const verdict = decideByTable(sale, supply);
  return verdict?.reason === reason ? { ...verdict, rateCode } : otherwise;
}

/** The country a full rate code names: `DE_STANDARD` → DE. */
function countryOf(rateCode: string | undefined): string | undefined {
  const prefix = rateCode === undefined ? undefined : /^([A-Z]{2})_/.exec(rateCode)?.[1];
  return isCountryCode(prefix) ? prefix : undefined;
}
