import { isEuMember } from '../places/countries.js';

/** What the law wants small businesses to write on their documents, in the country's own language. */
const TEXTS: Readonly<Record<string, string>> = {
  DE: 'Kein Ausweis von Umsatzsteuer, da Kleinunternehmer gemäß § 19 UStG.',
  AT: 'Umsatzsteuerbefreit aufgrund der Kleinunternehmerregelung gemäß § 6 Abs. 1 Z 27 UStG.',
  FR: 'TVA non applicable, art. 293 B du CGI.',
  BE: 'Petite entreprise soumise au régime de la franchise de taxe – TVA non applicable. / Kleine onderneming onderworpen aan de vrijstellingsregeling van belasting – BTW niet toepasselijk.',
  NL: 'Vrijgesteld van omzetbelasting op grond van artikel 25 Wet OB 1968 (kleineondernemersregeling).',
};
const ELSEWHERE = 'No VAT is charged: special scheme for small enterprises (Art. 284 of Directive 2006/112/EC).';
const ELSEWHERE_OUTSIDE_EU = 'No tax is charged: the seller is below the registration threshold.';

export function smallBusinessText(country: string, legalReference: string | undefined): { legalText: string; exemptionCode?: string } {
  const legalText = legalReference ?? TEXTS[country] ?? (isEuMember(country) ? ELSEWHERE : ELSEWHERE_OUTSIDE_EU);
  return country === 'FR' ? { legalText, exemptionCode: 'VATEX-FR-FRANCHISE' } : { legalText };
}
