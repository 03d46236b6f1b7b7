import { countryCode, isEuMember } from '../places/countries.js';
import type { TaxRule } from '../tax-rule.js';

type Draft = Pick<TaxRule, 'name' | 'buyerCountry' | 'supplyTypes' | 'treatment' | 'priority'> &
  Partial<Pick<TaxRule, 'buyerType' | 'rateCode' | 'legalReference'>>;

/**
 * Rules that spell out what the built-in decision table does for a seller of that country, as a start for a merchant's own. Their
 * ids are stable (`default:DE:eu-business`).
 */
export function defaultTaxRules(sellerCountry: string): TaxRule[] {
  const seller = countryCode(sellerCountry);
  if (seller === undefined) return [];
  return Object.entries(drafts(seller)).map(([key, draft]) => ({
    id: `default:${seller}:${key}`,
    sellerCountry: seller,
    active: true,
    ...draft,
  }));
}

function drafts(seller: string): Record<string, Draft> {
  const all = ['*'];
  const electronic = ['digital_service', 'goods', 'shipping'];
  const domestic: Draft = {
    name: `Sales inside ${seller}`,
    buyerCountry: seller,
    supplyTypes: all,
    ...(seller === 'US'
      ? { treatment: 'us_sales' }
      : seller === 'CA'
        ? { treatment: 'ca_gst_hst' }
        : { treatment: 'standard', rateCode: `${seller}_STANDARD` }),
    priority: 100,
  };
  const euBusiness: Draft = {
    name: 'Businesses in other Member States',
    buyerCountry: 'EU',
    buyerType: 'B2B',
    supplyTypes: all,
    treatment: 'reverse_charge',
    priority: 90,
  };
  const abroad: Record<string, Draft> = {
    'uk-consumers': {
      name: 'Consumers in the United Kingdom',
      buyerCountry: 'GB',
      buyerType: 'B2C',
      supplyTypes: ['digital_service', 'goods', 'shipping'],
      treatment: 'uk_vat',
      rateCode: 'GB_STANDARD',
      priority: 60,
    },
    'us-sales-tax': { name: 'Sales tax in states with nexus', buyerCountry: 'US', supplyTypes: all, treatment: 'us_sales', priority: 50 },
    canada: { name: 'GST, HST and provincial tax', buyerCountry: 'CA', supplyTypes: all, treatment: 'ca_gst_hst', priority: 50 },
    export: { name: 'Everything that leaves', buyerCountry: '*', supplyTypes: all, treatment: 'export', priority: -100 },
  };
  if (seller === 'GB') delete abroad['uk-consumers'];
  if (isEuMember(seller) || seller === 'XI') {
    return {
      domestic,
      'eu-business': euBusiness,
      'eu-consumers': {
        name: 'Consumers in other Member States',
        buyerCountry: 'EU',
        buyerType: 'B2C',
        supplyTypes: electronic,
        treatment: 'oss',
        priority: 80,
      },
      // Services of sellers in Northern Ireland follow the rules of the United Kingdom.
      ...(seller !== 'XI' && {
        'eu-consumers-services': {
          name: 'Services that are not electronic, to consumers in other Member States',
          buyerCountry: 'EU',
          buyerType: 'B2C',
          supplyTypes: ['service'],
          treatment: 'standard',
          rateCode: `${seller}_STANDARD`,
          priority: 80,
        },
      }),
      ...abroad,
    };
  }
  return {
    domestic,
    'eu-business': { ...euBusiness, name: 'Businesses in the EU' },
    'eu-consumers-goods': {
      name: 'Goods to consumers in the EU up to EUR 150',
      buyerCountry: 'EU',
      buyerType: 'B2C',
      supplyTypes: ['goods', 'shipping'],
      treatment: 'ioss',
      priority: 80,
    },
    'eu-consumers': {
      name: 'Digital services to consumers in the EU',
      buyerCountry: 'EU',
      buyerType: 'B2C',
      supplyTypes: ['digital_service'],
      treatment: 'oss',
      priority: 80,
    },
    ...abroad,
  };
}
