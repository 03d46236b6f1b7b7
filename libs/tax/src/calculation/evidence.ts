import { countryCode } from '../places/countries.js';
import type { EvidencePiece, TaxInput } from '../tax-input.js';
import type { TaxEvidence } from '../tax-result.js';

/** VAT areas under another code than the country people live in. */
const AREA: Readonly<Record<string, string>> = { MC: 'FR', IM: 'GB', XI: 'GB', PR: 'US' };

/**
 * Where the buyer is, by all sources together (Reg. (EU) 282/2011, Art. 24b and 24f). Two that agree suffice as long as no other
 * country has as many on its side.
 * @param placeOfSupply where what needs evidence was taxed
 */
export function evidenceOf(input: TaxInput, placeOfSupply: string | undefined, required: number): TaxEvidence | undefined {
  const pieces = piecesOf(input);
  if (pieces.length === 0 && required === 0) return undefined;
  const votes = new Map<string, number>();
  for (const { country } of pieces) votes.set(areaOf(country), (votes.get(areaOf(country)) ?? 0) + 1);
  const place = placeOfSupply === undefined ? undefined : areaOf(placeOfSupply);
  const ranking = [...votes].sort(([a, many], [b, few]) => few - many || (a === place ? -1 : b === place ? 1 : a < b ? -1 : 1));
  const country = ranking[0]?.[0];
  const agreeing = votes.get(place ?? country ?? '') ?? 0;
  const against = Math.max(0, ...ranking.filter(([other]) => other !== (place ?? country)).map(([, count]) => count));
  return {
    pieces,
    ...(country !== undefined && { country }),
    required,
    agreeing,
    contradicting: votes.size > 1,
    sufficient: agreeing >= required && (required === 0 || agreeing > against),
  };
}

function areaOf(country: string): string {
  return AREA[country] ?? country;
}

/** What was collected, and the addresses, where they are not among it. */
function piecesOf({ evidence, buyer, shipTo }: TaxInput): EvidencePiece[] {
  const pieces: EvidencePiece[] = [];
  const add = (source: EvidencePiece['source'], given: string | undefined): void => {
    const country = countryCode(given);
    if (country !== undefined && !pieces.some((piece) => piece.source === source)) pieces.push({ source, country });
  };
  for (const { source, country } of evidence ?? []) add(source, country);
  add('billing_address', buyer.country);
  add('shipping_address', shipTo?.country);
  return pieces;
}
