export interface UsState {
  readonly code: string;
  readonly name: string;
  /** Where most of its people live, for states in two zones. */
  readonly zone: string;
}

const EASTERN = 'America/New_York';
const CENTRAL = 'America/Chicago';
const MOUNTAIN = 'America/Denver';
const PACIFIC = 'America/Los_Angeles';

const BY_ZONE: readonly (readonly [zone: string, states: string])[] = [
  [
    EASTERN,
    'CT Connecticut,DE Delaware,DC District of Columbia,FL Florida,GA Georgia,IN Indiana,KY Kentucky,ME Maine,MD Maryland,' +
      'MA Massachusetts,MI Michigan,NH New Hampshire,NJ New Jersey,NY New York,NC North Carolina,OH Ohio,PA Pennsylvania,' +
      'RI Rhode Island,SC South Carolina,VT Vermont,VA Virginia,WV West Virginia',
  ],
  [
    CENTRAL,
    'AL Alabama,AR Arkansas,IL Illinois,IA Iowa,KS Kansas,LA Louisiana,MN Minnesota,MS Mississippi,MO Missouri,NE Nebraska,' +
      'ND North Dakota,OK Oklahoma,SD South Dakota,TN Tennessee,TX Texas,WI Wisconsin',
  ],
  [MOUNTAIN, 'CO Colorado,ID Idaho,MT Montana,NM New Mexico,UT Utah,WY Wyoming'],
  ['America/Phoenix', 'AZ Arizona'],
  [PACIFIC, 'CA California,NV Nevada,OR Oregon,WA Washington'],
  ['America/Anchorage', 'AK Alaska'],
  ['Pacific/Honolulu', 'HI Hawaii'],
  ['America/Puerto_Rico', 'PR Puerto Rico'],
];

export const US_STATES: readonly UsState[] = BY_ZONE.flatMap(([zone, states]) =>
  states.split(',').map((state) => ({ code: state.slice(0, 2), name: state.slice(3), zone })),
);

/** States, and Puerto Rico, whose sales tax reaches software and other digital services. Opinions differ; a rule may say otherwise. */
export const US_STATES_TAXING_DIGITAL: ReadonlySet<string> = new Set('AZ CT DC HI KY LA MA NM NY PA PR RI SC SD TN TX UT WA WV'.split(' '));

const BY_NAME: ReadonlyMap<string, string> = new Map(
  US_STATES.flatMap(({ code, name }) => [[code, code] as const, [name.toUpperCase(), code] as const]),
);

/** First three digits of ZIP codes. */
const ZIP_RANGES =
  'NY 005 100-149,PR 006-007 009,MA 010-027 055,RI 028-029,NH 030-038,ME 039-049,VT 050-054 056-059,CT 060-069,NJ 070-089,PA 150-196,' +
  'DE 197-199,DC 200 202-205 569,VA 201 220-246,MD 206-219,WV 247-268,NC 270-289,SC 290-299,GA 300-319 398-399,' +
  'FL 320-339 341-342 344 346-347 349,AL 350-369,TN 370-385,MS 386-397,KY 400-427,OH 430-459,IN 460-479,MI 480-499,IA 500-528,' +
  'WI 530-549,MN 550-567,SD 570-577,ND 580-588,MT 590-599,IL 600-629,MO 630-658,KS 660-679,NE 680-693,LA 700-714,AR 716-729,' +
  'OK 730-732 734-749,TX 733 750-799 885,CO 800-816,WY 820-831,ID 832-838,UT 840-847,AZ 850-865,NM 870-884,NV 889-898,CA 900-961,' +
  'HI 967-968,OR 970-979,WA 980-994,AK 995-999';
const BY_ZIP: ReadonlyMap<number, string> = new Map(
  ZIP_RANGES.split(',').flatMap((entry) => {
    const [state = '', ...ranges] = entry.split(' ');
    return ranges.flatMap((range) => {
      const [from = 0, to = from] = range.split('-').map(Number);
      return Array.from({ length: to - from + 1 }, (_, index) => [from + index, state] as const);
    });
  }),
);

/** By code or name (`TX`, `US-TX`, `Texas`), else by ZIP code; undefined when neither says it. */
export function usState(region: string | undefined, postcode: string | undefined): string | undefined {
  const named = region && BY_NAME.get(region.trim().toUpperCase().replace(/^US-/, ''));
  if (named) return named;
  const zip = /^\s*(\d{3})\d{2}(-?\d{4})?\s*$/.exec(postcode ?? '')?.[1];
  return zip === undefined ? undefined : BY_ZIP.get(Number(zip));
}
