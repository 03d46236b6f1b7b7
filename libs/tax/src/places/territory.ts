import { caProvince } from './ca-provinces.js';
import { countryCode, isEuMember } from './countries.js';
import { specialTerritory } from './special-territories.js';
import { usState } from './us-states.js';
import type { TaxPlace } from '../tax-input.js';

/** A place as tax law sees it. */
export interface Territory {
  /** ISO 3166-1 alpha-2 of whoever levies the tax: Monaco is FR, the Isle of Man GB; `XI` for goods in Northern Ireland. */
  readonly country: string;
  /** State or province, or the part of a country that is outside its VAT area. */
  readonly region?: string;
  /** Inside the VAT area of the EU; Northern Ireland only for goods. */
  readonly inEu: boolean;
  /** Why it is not simply the country of the address, in words. */
  readonly remark?: string;
}

/** @param forGoods Northern Ireland belongs to the EU's VAT area for goods, to that of the United Kingdom for services */
export function territoryOf(place: TaxPlace, forGoods: boolean): Territory | undefined {
  const country = countryCode(place.country);
  if (country === undefined) return undefined;
  switch (country) {
    case 'US': {
      const region = usState(place.region, place.postcode);
      return { country, region, inEu: false };
    }
    case 'PR':
      return { country: 'US', region: 'PR', inEu: false };
    case 'CA':
      return { country, region: caProvince(place.region, place.postcode), inEu: false };
    case 'XI':
      return northernIreland(forGoods);
    case 'GB':
      return unitedKingdom(place, forGoods);
    case 'IM':
      return { country: 'GB', inEu: false, remark: 'The Isle of Man belongs to the VAT area of the United Kingdom.' };
    case 'MC':
      return { country: 'FR', inEu: true, remark: 'Monaco belongs to the VAT area of France.' };
    default: {
      const special = specialTerritory(country, place);
      return special ?? { country, region: portugueseIslands(country, place), inEu: isEuMember(country) };
    }
  }
}

function unitedKingdom({ region, postcode = '' }: TaxPlace, forGoods: boolean): Territory {
  const area = /^\s*([A-Z]{2})/i.exec(postcode)?.[1]?.toUpperCase();
  if (area === 'BT' || /^\s*(GB-)?(NIR|NORTHERN IRELAND)\s*$/i.test(region ?? '')) return northernIreland(forGoods);
  if (area === 'JE') return { country: 'JE', inEu: false, remark: 'Jersey is outside the VAT area of the United Kingdom.' };
  if (area === 'GY') return { country: 'GG', inEu: false, remark: 'Guernsey is outside the VAT area of the United Kingdom.' };
  return { country: 'GB', inEu: false };
}

function northernIreland(forGoods: boolean): Territory {
  return forGoods
    ? { country: 'XI', inEu: true, remark: 'Goods in Northern Ireland follow the rules of the EU.' }
    : { country: 'GB', inEu: false, remark: 'Services in Northern Ireland follow the rules of the United Kingdom.' };
}

/** The Azores (PT-20) and Madeira (PT-30) have rates of their own. */
function portugueseIslands(country: string, { region, postcode = '' }: TaxPlace): string | undefined {
  if (country !== 'PT') return undefined;
  const named = (region ?? '').trim().toUpperCase();
  if (/^(PT-)?(20|AZORES|AÇORES)$/.test(named) || /^\s*9[5-9]\d\d/.test(postcode)) return '20';
  if (/^(PT-)?(30|MADEIRA)$/.test(named) || /^\s*9[0-4]\d\d/.test(postcode)) return '30';
  return undefined;
}
