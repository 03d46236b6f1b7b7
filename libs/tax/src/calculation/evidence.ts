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
  const place = placeOfSupply === undefined ? undefined : areaOf(placeOfSupply);
  const country = mostNamed(pieces, place);
  const agreeing = votesFor(pieces, place ?? country);
  const against = Math.max(
    0,
    ...pieces.map((piece) => (areaOf(piece.country) === (place ?? country) ? 0 : votesFor(pieces, areaOf(piece.country)))),
  );
  return {
    pieces,
    ...(country !== undefined && { country }),
    required,
    agreeing,
    contradicting: agreeing < pieces.length,
    sufficient: agreeing >= required && (required === 0 || agreeing > against),
  };
}

function votesFor(pieces: readonly EvidencePiece[], country: string | undefined): number {
  let votes = 0;
  for (const piece of pieces) if (areaOf(piece.country) === country) votes += 1;
  return votes;
}

/** Of several named equally often the place of supply, else the first by its code. */
function mostNamed(pieces: readonly EvidencePiece[], place: string | undefined): string | undefined {
  let most: string | undefined;
  for (const piece of pieces) {
    const country = areaOf(piece.country);
    const lead = most === undefined ? 1 : votesFor(pieces, country) - votesFor(pieces, most);
    if (lead > 0 || (lead === 0 && most !== place && (country === place || country < (most ?? '')))) most = country;
  }
  return most;
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
