import type { IndexedRate, RateIndex, RatePlace } from '../configuration/rate-index.js';
import { rateUnits } from '../arithmetic/percent.js';
import { countryCode, vatIdCountry } from '../places/countries.js';
import { localDay } from '../places/local-day.js';
import { territoryOf } from '../places/territory.js';
import type { Territory } from '../places/territory.js';
import type { TaxSettings } from '../settings.js';
import type { TaxInput } from '../tax-input.js';
import type { TaxProblem } from '../tax-result.js';
import type { BuyerType } from '../treatments.js';
import { netOfGoods } from './consignment.js';
import type { Seller } from './seller.js';

/** One sale while its lines are decided: who buys and where, asked for once and remembered. */
export class Sale {
  readonly problems: TaxProblem[] = [];
  readonly warnings: string[] = [];
  readonly usedRates: string[] = [];
  readonly usedRules: string[] = [];
  private places: { readonly goods?: Territory; readonly others?: Territory } | undefined;
  private readonly days: { readonly country: string; readonly region?: string; readonly day: string }[] = [];
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
    if (!this.places) {
      const { buyer, shipTo } = this.input;
      this.places = { goods: territoryOf(shipTo?.country === undefined ? buyer : shipTo, true), others: territoryOf(buyer, false) };
    }
    return isGoods ? this.places.goods : this.places.others;
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
  day({ country, region }: RatePlace): string {
    const known = this.days.find((one) => one.country === country && one.region === region);
    if (known) return known.day;
    const day = localDay(this.instant, country, region);
    this.days.push({ country, region, day });
    return day;
  }

  /** @returns the rate of a place on its day of the tax point, standard where the line names none */
  rate(place: RatePlace, code = 'STANDARD'): IndexedRate | undefined {
    return this.used(this.rates.find(place, code, this.day(place)));
  }

  /** @returns the rate of a place that is exactly so high on its day of the tax point */
  rateOfSize(place: RatePlace, percent: number): IndexedRate | undefined {
    return this.used(this.rates.ofSize(place, rateUnits(percent), this.day(place)));
  }

  private used(rate: IndexedRate | undefined): IndexedRate | undefined {
    if (rate && !this.usedRates.includes(rate.id)) this.usedRates.push(rate.id);
    return rate;
  }

  rateAtDestination(code?: string): number | undefined {
    const territory = this.territory(true);
    if (!territory) return undefined;
    return (this.rate(territory, code) ?? this.rate(territory))?.part.rate;
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
