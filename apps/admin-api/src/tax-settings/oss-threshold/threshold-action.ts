import { THRESHOLD } from './sum-of-year.js';

export interface ThresholdFacts {
  readonly applicable: boolean;
  readonly sellerCountry: string;
  readonly exceeded: boolean;
  readonly remaining: number;
  readonly ossEnabled: boolean;
  readonly taxEnabled: boolean;
  readonly complete: boolean;
}

/** Near enough to prepare. */
const NEAR = THRESHOLD / 5;

/** What the merchant should do now, in a sentence or two. */
export function thresholdAction(facts: ThresholdFacts): string {
  return facts.complete
    ? whatToDo(facts)
    : `${whatToDo(facts)} Exchange rates are missing, so the sum is too low: have the operator import them.`;
}

function whatToDo({ applicable, sellerCountry, exceeded, remaining, ossEnabled, taxEnabled }: ThresholdFacts): string {
  if (sellerCountry === '') return 'Set sellerCountry in the tax settings: the threshold is for sellers in the EU.';
  if (!applicable) return 'Nothing: the threshold is for sellers in the EU.';
  if (exceeded && ossEnabled) return 'Nothing: consumers in other Member States are taxed in their country, and declared by OSS.';
  if (exceeded) {
    return 'Register for the One-Stop-Shop, or for VAT where your consumers are, and enter it in the tax settings: their countries’ VAT is due.';
  }
  if (ossEnabled) return 'Nothing: you use OSS although the threshold is not passed.';
  if (!taxEnabled) return 'Enable tax: without it no sales are counted.';
  if (remaining <= NEAR) return 'Prepare to register for the One-Stop-Shop: the threshold is near.';
  return 'Nothing: consumers in other Member States are taxed in your country.';
}
