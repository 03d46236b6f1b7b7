import type { RateIndex } from '../configuration/rate-index.js';
import { countryCode, vatIdCountry } from '../places/countries.js';
import { localDay } from '../places/local-day.js';
import { territoryOf } from '../places/territory.js';
import type { Territory } from '../places/territory.js';
import type { TaxSettings } from '../settings.js';
import type { TaxInput } from '../tax-input.js';
import type { TaxProblem } from '../tax-result.js';
import type { TaxRate } from '../tax-rate.js';
import type { BuyerType } from '../treatments.js';
import { netOfGoods } from './consignment.js';
import type { Seller } from './seller.js';

/** One sale while its lines are decided: who buys and where, asked for once and remembered. */
export class Sale {
  readonly problems: TaxProblem[] = [];
  readonly warnings: string[] = [];
  readonly usedRates = new Set<string>();
  readonly usedRules = new Set<string>();
  private readonly places = new Map<string, Territory | undefined>();
  private goodsValue: number | undefined;

  constructor(
    readonly input: TaxInput,
    readonly seller: Seller,
    readonly rates: RateIndex,
    readonly instant: number,
  ) {}

  get settings(): TaxSettings {
    return this.seller.settings;
  }

  /** Where goods go, or where the buyer is. */
  territory(isGoods: boolean): Territory | undefined {
    const key = isGoods ? 'goods' : 'other';
    if (!this.places.has(key)) {
      const { buyer, shipTo } = this.input;
      this.places.set(key, territoryOf(isGoods && shipTo?.country !== undefined ? shipTo : buyer, isGoods));
    }
    return this.places.get(key);
  }

  /** The field that names the place. */
  placeField(isGoods: boolean): string {
    return isGoods && this.input.shipTo?.country !== undefined ? 'shipTo' : 'buyer';
  }

  /** What the buyer says of itself. */
  get saysBusiness(): boolean {
    const { type, vatId, vatIdStatus, company } = this.input.buyer;
    if (type !== undefined) return type === 'business';
    return (vatId !== undefined && vatId !== '' && vatIdStatus !== 'invalid') || (company !== undefined && company !== '');
  }

  /** Confirmed by the Commission's service, now or within the days the settings allow. */
  get vatIdHolds(): boolean {
    const { type, vatId, vatIdStatus } = this.input.buyer;
    return type !== 'consumer' && !!vatId && (vatIdStatus === 'valid' || vatIdStatus === 'recent');
  }

  /** A VAT id of another member than the seller's, so that the buyer can account for the tax. */
  get vatIdHoldsAbroad(): boolean {
    if (!this.vatIdHolds) return false;
    const country = vatIdCountry(this.input.buyer.vatId);
    return country === undefined || country !== this.seller.country;
  }

  /** How the buyer counts there: inside the EU only a confirmed VAT id of another member makes a business across a border. */
  buyerType(territory: Territory | undefined): BuyerType {
    if (territory?.inEu && !this.seller.isHome(territory)) return this.vatIdHoldsAbroad ? 'B2B' : 'B2C';
    return this.saysBusiness ? 'B2B' : 'B2C';
  }

  /** The calendar day of the tax point in that place. */
  day(country: string, region?: string): string {
    return localDay(this.instant, country, region);
  }

  /** @returns the rate of a place on its day of the tax point, standard where the line names none */
  rate(place: { country: string; region?: string }, code = 'STANDARD'): TaxRate | undefined {
    const rate = this.rates.find(place, code, this.day(place.country, place.region));
    if (rate) this.usedRates.add(rate.id);
    return rate;
  }

  rateAtDestination(code?: string): number | undefined {
    const territory = this.territory(true);
    if (!territory) return undefined;
    return (this.rate(territory, code) ?? this.rate(territory))?.rate;
  }

  goodsNet(): number {
    this.goodsValue ??= netOfGoods(this);
    return this.goodsValue;
  }

  warn(warning: string): void {
    if (!this.warnings.includes(warning)) this.warnings.push(warning);
  }

  fail(problem: TaxProblem): void {
    if (!this.problems.some(({ field, code }) => field === problem.field && code === problem.code)) this.problems.push(problem);
  }

  /** ISO code of the billing address, whatever VAT area it belongs to. */
  get buyerCountry(): string | undefined {
    return countryCode(this.input.buyer.country);
  }
}
