import type { TaxPlace } from '../tax-input.js';
import type { Territory } from './territory.js';

/** Parts of Member States to which the VAT Directive does not apply (Art. 6), as addresses show them. */
interface Special {
  readonly country: string;
  /** What the result is called: an ISO code of its own, or the country with a region. */
  readonly becomes: { readonly country: string; readonly region?: string };
  readonly name: string;
  readonly postcode?: RegExp;
  readonly region?: RegExp;
}

const SPECIALS: readonly Special[] = [
  {
    country: 'ES',
    becomes: { country: 'ES', region: 'CANARY_ISLANDS' },
    name: 'The Canary Islands',
    postcode: /^(35|38)\d{3}$/,
    region: /^(ES-)?(CN|GC|TF|CANARIAS|CANARY ISLANDS|LAS PALMAS|SANTA CRUZ DE TENERIFE)$/,
  },
  { country: 'ES', becomes: { country: 'ES', region: 'CEUTA' }, name: 'Ceuta', postcode: /^51\d{3}$/, region: /^(ES-)?(CE|CEUTA)$/ },
  { country: 'ES', becomes: { country: 'ES', region: 'MELILLA' }, name: 'Melilla', postcode: /^52\d{3}$/, region: /^(ES-)?(ML|MELILLA)$/ },
  { country: 'IT', becomes: { country: 'IT', region: 'LIVIGNO' }, name: 'Livigno', postcode: /^23041$/, region: /^LIVIGNO$/ },
  {
    country: 'IT',
    becomes: { country: 'IT', region: 'CAMPIONE' },
    name: 'Campione d’Italia',
    postcode: /^22061$/,
    region: /^CAMPIONE( D['’]ITALIA)?$/,
  },
  { country: 'DE', becomes: { country: 'DE', region: 'BUESINGEN' }, name: 'Büsingen', postcode: /^78266$/, region: /^B(Ü|UE)SINGEN$/ },
  {
    country: 'DE',
    becomes: { country: 'DE', region: 'HELIGOLAND' },
    name: 'Heligoland',
    postcode: /^27498$/,
    region: /^(HELGOLAND|HELIGOLAND)$/,
  },
  { country: 'FI', becomes: { country: 'AX' }, name: 'Åland', postcode: /^22\d{3}$/, region: /^(FI-01|01|AX|ÅLAND|ALAND|AHVENANMAA)$/ },
  {
    country: 'GR',
    becomes: { country: 'GR', region: 'MOUNT_ATHOS' },
    name: 'Mount Athos',
    postcode: /^6308[67]$/,
    region: /^(GR-69|69|MOUNT ATHOS|AGION OROS|ÁGION ÓROS|ΑΓΙΟΝ ΟΡΟΣ)$/,
  },
  ...overseasFrance(),
];

/** French overseas departments and territories, which ISO also lists by themselves. */
function overseasFrance(): Special[] {
  const places: readonly (readonly [code: string, name: string, postcode: RegExp])[] = [
    ['BL', 'Saint-Barthélemy', /^97(133|7\d\d)$/],
    ['MF', 'Saint-Martin', /^97(150|8\d\d)$/],
    ['GP', 'Guadeloupe', /^971\d\d$/],
    ['MQ', 'Martinique', /^972\d\d$/],
    ['GF', 'French Guiana', /^973\d\d$/],
    ['RE', 'Réunion', /^974\d\d$/],
    ['PM', 'Saint-Pierre-et-Miquelon', /^975\d\d$/],
    ['YT', 'Mayotte', /^976\d\d$/],
    ['WF', 'Wallis-et-Futuna', /^986\d\d$/],
    ['PF', 'French Polynesia', /^987\d\d$/],
    ['NC', 'New Caledonia', /^988\d\d$/],
  ];
  return places.map(([code, name, postcode]) => ({
    country: 'FR',
    becomes: { country: code },
    name,
    postcode,
    region: new RegExp(`^(FR-)?(${code}|${name.toUpperCase()})$`),
  }));
}

const BY_COUNTRY: ReadonlyMap<string, readonly Special[]> = new Map(
  [...new Set(SPECIALS.map(({ country }) => country))].map((country) => [country, SPECIALS.filter((one) => one.country === country)]),
);

/** Undefined for ordinary parts of the country. */
export function specialTerritory(country: string, { region, postcode }: TaxPlace): Territory | undefined {
  const specials = BY_COUNTRY.get(country);
  if (!specials) return undefined;
  const code = (postcode ?? '').replace(/[\s-]/g, '').replace(/^[A-Z]{1,2}/i, '');
  const named = (region ?? '').trim().toUpperCase();
  const special = specials.find((one) => (code && one.postcode?.test(code)) || (named && one.region?.test(named)));
  return special && { ...special.becomes, inEu: false, remark: `${special.name} is outside the VAT area of the EU.` };
}
