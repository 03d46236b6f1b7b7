import { countryCode, isCountryCode, isEuMember } from '../places/countries.js';
import { isRegionOf } from '../places/regions.js';
import { VAT_ID_VALIDATIONS } from '../settings.js';
import type { TaxSettings } from '../settings.js';
import { Findings, isRecord } from './finding.js';
import type { TaxFinding } from './finding.js';

type Unchecked = { readonly [Field in keyof TaxSettings]?: unknown };

const FLAGS = ['enabled', 'pricesIncludeTax', 'strictEvidence'] as const;
const CHOICES = {
  roundingMethod: ['document', 'line'],
  recognitionMode: ['accrual', 'cash'],
  vatIdValidation: VAT_ID_VALIDATIONS,
} as const;

/** @returns what is wrong with settings, nothing when they can be stored. Whether VAT ids are well-formed is not looked at. */
export function checkTaxSettings(settings: TaxSettings): TaxFinding[] {
  if (!isRecord(settings)) return [{ field: '', message: 'Expected an object.' }];
  const findings = new Findings();
  const unchecked: Unchecked = settings;
  for (const flag of FLAGS) findings.expect(typeof unchecked[flag] === 'boolean', flag, 'true or false');
  for (const [field, values] of Object.entries(CHOICES)) {
    findings.expect((values as readonly unknown[]).includes(settings[field]), field, `one of ${values.join(', ')}`);
  }
  checkSeller(unchecked, findings);
  checkRegistrations(unchecked, findings);
  checkSchemes(unchecked, findings);
  checkNorthAmerica(unchecked, findings);
  return findings.list;
}

function checkSeller({ enabled, sellerCountry, sellerRegion }: Unchecked, findings: Findings): void {
  const isMissing = sellerCountry === '' && enabled !== true;
  findings.expect(isMissing || isCountryCode(sellerCountry), 'sellerCountry', 'the seller’s country by its ISO 3166-1 alpha-2 code');
  if (sellerRegion === undefined || !isCountryCode(sellerCountry)) return;
  const isKnown = typeof sellerRegion === 'string' && isRegionOf(sellerCountry, sellerRegion);
  findings.expect(isKnown, 'sellerRegion', `a state or province of ${sellerCountry} by its code`);
}

function checkRegistrations({ registrations, sellerCountry }: Unchecked, findings: Findings): void {
  if (!Array.isArray(registrations)) {
    findings.expect(false, 'registrations', 'a list');
    return;
  }
  const seen = new Set<unknown>();
  registrations.forEach((registration: unknown, index) => {
    const country = isRecord(registration) ? registration['country'] : undefined;
    const field = `registrations[${index}].country`;
    findings.expect(isCountryCode(country), field, 'an ISO 3166-1 alpha-2 code');
    findings.expect(!seen.has(country), field, 'each country once');
    findings.expect(country !== sellerCountry || country === undefined, field, 'another country than the seller’s own');
    seen.add(country);
  });
}

function checkSchemes({ oss, ioss, ukVat, smallBusiness, vies, sellerCountry }: Unchecked, findings: Findings): void {
  for (const [field, scheme] of Object.entries({ oss, ioss, ukVat, smallBusiness, vies })) {
    findings.expect(isRecord(scheme) && typeof scheme['enabled'] === 'boolean', field, 'an object with enabled, true or false');
  }
  if (isRecord(oss)) checkOneStopShop(oss, sellerCountry, findings);
  if (isRecord(vies)) {
    const { fallback, recentDays } = vies;
    findings.expect(fallback === 'charge_vat' || fallback === 'accept_recent', 'vies.fallback', 'charge_vat or accept_recent');
    const isDays = typeof recentDays === 'number' && Number.isInteger(recentDays) && recentDays >= 1 && recentDays <= 365;
    findings.expect(isDays, 'vies.recentDays', 'an integer from 1 to 365');
  }
  if (isRecord(smallBusiness) && smallBusiness['legalReference'] !== undefined) {
    const { legalReference } = smallBusiness;
    const isText = typeof legalReference === 'string' && legalReference.length <= 500;
    findings.expect(isText, 'smallBusiness.legalReference', 'a text of at most 500 characters');
  }
}

function checkOneStopShop(oss: Record<string, unknown>, sellerCountry: unknown, findings: Findings): void {
  const { enabled, scheme, country, thresholdExceeded } = oss;
  findings.expect(scheme === 'union' || scheme === 'non_union', 'oss.scheme', 'union or non_union');
  findings.expect(typeof thresholdExceeded === 'boolean', 'oss.thresholdExceeded', 'true or false');
  if (country !== undefined) {
    findings.expect(isEuMember(countryCode(country) ?? '') || country === 'XI', 'oss.country', 'the Member State of identification');
  }
  if (enabled !== true || !isCountryCode(sellerCountry)) return;
  const isInEu = isEuMember(sellerCountry) || sellerCountry === 'XI' || sellerCountry === 'MC';
  findings.expect(scheme !== 'non_union' || !isInEu, 'oss.scheme', 'union: the non-Union scheme is for sellers outside the EU');
}

function checkNorthAmerica({ us, ca }: Unchecked, findings: Findings): void {
  const states = isRecord(us) ? us['nexusStates'] : undefined;
  const provinces = isRecord(ca) ? ca['provinces'] : undefined;
  findings.expect(isRecord(ca) && typeof ca['registered'] === 'boolean', 'ca.registered', 'true or false');
  checkRegions('us.nexusStates', 'US', states, 'a state by its two-letter code', findings);
  checkRegions('ca.provinces', 'CA', provinces, 'a province or territory by its two-letter code', findings);
}

function checkRegions(field: string, country: string, regions: unknown, expected: string, findings: Findings): void {
  if (!Array.isArray(regions)) {
    findings.expect(false, field, 'a list');
    return;
  }
  regions.forEach((region: unknown, index) => {
    findings.expect(typeof region === 'string' && isRegionOf(country, region), `${field}[${index}]`, expected);
  });
}
