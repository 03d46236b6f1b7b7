import { countryCode, isEuMember } from '../places/countries.js';
import type { Territory } from '../places/territory.js';
import type { TaxSettings } from '../settings.js';

/** VAT areas that count as one country for supplies inside them: the United Kingdom, and Switzerland with Liechtenstein. */
const SHARED_AREA: Readonly<Record<string, string>> = { XI: 'GB', LI: 'CH' };
const CUSTOMS: Readonly<Record<string, string>> = { MC: 'FR', IM: 'GB', PR: 'US' };

/** What the settings say about the seller, ready to be asked line by line. */
export class Seller {
  /** Empty when the settings name none. */
  readonly country: string;
  private readonly registered: ReadonlySet<string>;
  private readonly nexus: ReadonlySet<string>;
  private readonly provinces: ReadonlySet<string>;

  constructor(readonly settings: TaxSettings) {
    const given = countryCode(settings.sellerCountry) ?? '';
    this.country = CUSTOMS[given] ?? given;
    this.registered = new Set(settings.registrations.map(({ country }) => CUSTOMS[country] ?? country));
    const home = settings.sellerRegion?.toUpperCase();
    this.nexus = new Set([...settings.us.nexusStates, ...(this.country === 'US' && home ? [home] : [])]);
    this.provinces = new Set(settings.ca.provinces);
  }

  inEu(forGoods: boolean): boolean {
    return isEuMember(this.country) || (this.country === 'XI' && forGoods);
  }

  /** Whether a supply there stays inside the seller's own VAT area. */
  isHome({ country, region, inEu }: Territory): boolean {
    if (country === this.country) return inEu || region === undefined || !isEuMember(country);
    const area = SHARED_AREA[country] ?? country;
    return area === (SHARED_AREA[this.country] ?? this.country);
  }

  isRegisteredIn(country: string): boolean {
    if (country === 'GB' && (this.settings.ukVat.enabled || this.registered.has('GB'))) return true;
    return this.registered.has(country) || (country === 'LI' && this.registered.has('CH'));
  }

  hasNexus(state: string): boolean {
    return this.nexus.has(state);
  }

  get hasAnyNexus(): boolean {
    return this.nexus.size > 0;
  }

  get isCanadian(): boolean {
    return this.country === 'CA' || this.settings.ca.registered || this.registered.has('CA');
  }

  levies(province: string): boolean {
    return this.provinces.has(province);
  }
}
