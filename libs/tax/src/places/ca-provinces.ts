export interface CaProvince {
  readonly code: string;
  readonly names: readonly string[];
  readonly zone: string;
}

export const CA_PROVINCES: readonly CaProvince[] = [
  { code: 'AB', names: ['Alberta'], zone: 'America/Edmonton' },
  { code: 'BC', names: ['British Columbia', 'Colombie-Britannique'], zone: 'America/Vancouver' },
  { code: 'MB', names: ['Manitoba'], zone: 'America/Winnipeg' },
  { code: 'NB', names: ['New Brunswick', 'Nouveau-Brunswick'], zone: 'America/Moncton' },
  { code: 'NL', names: ['Newfoundland and Labrador', 'Newfoundland', 'Terre-Neuve-et-Labrador'], zone: 'America/St_Johns' },
  { code: 'NS', names: ['Nova Scotia', 'Nouvelle-Écosse'], zone: 'America/Halifax' },
  { code: 'NT', names: ['Northwest Territories', 'Territoires du Nord-Ouest'], zone: 'America/Yellowknife' },
  { code: 'NU', names: ['Nunavut'], zone: 'America/Iqaluit' },
  { code: 'ON', names: ['Ontario'], zone: 'America/Toronto' },
  { code: 'PE', names: ['Prince Edward Island', 'Île-du-Prince-Édouard'], zone: 'America/Halifax' },
  { code: 'QC', names: ['Quebec', 'Québec'], zone: 'America/Toronto' },
  { code: 'SK', names: ['Saskatchewan'], zone: 'America/Regina' },
  { code: 'YT', names: ['Yukon'], zone: 'America/Whitehorse' },
];

const BY_NAME: ReadonlyMap<string, string> = new Map([
  ...CA_PROVINCES.flatMap(({ code, names }) => [code, ...names].map((name) => [name.toUpperCase(), code] as const)),
  ['PQ', 'QC'],
]);

/** By the first letter of the postal code. X is shared by Nunavut (X0A–X0C) and the Northwest Territories. */
const BY_LETTER: Readonly<Record<string, string>> = {
  A: 'NL',
  B: 'NS',
  C: 'PE',
  E: 'NB',
  G: 'QC',
  H: 'QC',
  J: 'QC',
  K: 'ON',
  L: 'ON',
  M: 'ON',
  N: 'ON',
  P: 'ON',
  R: 'MB',
  S: 'SK',
  T: 'AB',
  V: 'BC',
  Y: 'YT',
};

/** By code or name (`QC`, `CA-QC`, `Québec`), else by postal code; undefined when neither says it. */
export function caProvince(region: string | undefined, postcode: string | undefined): string | undefined {
  const named = region && BY_NAME.get(region.trim().toUpperCase().replace(/^CA-/, ''));
  if (named) return named;
  const prefix = /^\s*([A-Z]\d[A-Z])/i.exec(postcode ?? '')?.[1]?.toUpperCase();
  if (!prefix) return undefined;
  if (prefix.startsWith('X')) return /^X0[ABC]$/.test(prefix) ? 'NU' : 'NT';
  return BY_LETTER[prefix.slice(0, 1)];
}
