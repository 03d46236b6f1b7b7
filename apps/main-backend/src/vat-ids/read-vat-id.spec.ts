import { describe, expect, it } from '@jest/globals';
import { EU_COUNTRIES } from '@paygate/tax';
import { hasSureCheckDigits, readVatId } from './read-vat-id.js';

/** Published numbers and worked examples of the authorities' rules: every kind a country has. */
const RIGHT: readonly [country: string, vatId: string][] = [
  ['AT', 'ATU13585627'],
  ['BE', 'BE0428759497'],
  ['BG', 'BG175074752'],
  ['CH', 'CHE107787577MWST'],
  ['CH', 'CHE107787577TVA'],
  ['CH', 'CHE107787577VAT'],
  ['CH', 'CHE107787577'],
  ['CY', 'CY10259033P'],
  ['CZ', 'CZ25123891'],
  ['DE', 'DE136695976'],
  ['DE', 'DE129273398'],
  ['DK', 'DK13585628'],
  ['EE', 'EE100931558'],
  ['ES', 'ESB58378431'],
  ['ES', 'ESX2482300W'],
  ['FI', 'FI20774740'],
  ['FR', 'FR40303265045'],
  ['FR', 'FR83404833048'],
  ['GB', 'GB980780684'],
  ['GR', 'EL094259216'],
  ['HR', 'HR33392005961'],
  ['HU', 'HU12892312'],
  ['IE', 'IE6433435F'],
  ['IE', 'IE6433435OA'],
  ['IE', 'IE6388047V'],
  ['IT', 'IT00743110157'],
  ['LT', 'LT119511515'],
  ['LT', 'LT100001919017'],
  ['LU', 'LU15027442'],
  ['LV', 'LV40003521600'],
  ['MT', 'MT11679112'],
  ['NL', 'NL004495445B01'],
  ['NL', 'NL123456789B13'],
  ['NO', 'NO995525828MVA'],
  ['PL', 'PL8567346215'],
  ['PT', 'PT501964843'],
  ['RO', 'RO18547290'],
  ['SE', 'SE123456789701'],
  ['SI', 'SI50223054'],
  ['SK', 'SK2022749619'],
  ['XI', 'XI980780684'],
];

/** Another last digit of the number, whatever letters stand around it. */
function withAnotherDigit(vatId: string): string {
  const at = vatId.search(/\d(?=\D*$)/);
  return vatId.slice(0, at) + String((Number(vatId[at]) + 1) % 10) + vatId.slice(at + 1);
}

describe('readVatId', () => {
  it('has a sample of every country whose VAT ids the Commission knows', () => {
    const sampled = new Set(RIGHT.map(([country]) => country));
    expect(EU_COUNTRIES.map(({ countryCode }) => countryCode).filter((code) => !sampled.has(code))).toEqual([]);
  });

  it.each(RIGHT)('of %s: %s is right', (countryCode, vatId) => {
    const eu = EU_COUNTRIES.find((country) => country.countryCode === countryCode);
    const vies = eu && { countryCode: eu.vatPrefix, vatNumber: vatId.slice(2) };
    const read = { vatId, countryCode, checkDigits: 'right', vies };
    expect(readVatId(vatId)).toEqual(read);
    expect(readVatId(vatId, countryCode)).toEqual(read);
    // As people write it, also when they live elsewhere.
    expect(readVatId(` ${vatId.slice(0, 4)}.${vatId.slice(4).toLowerCase()} `, 'US')).toEqual(read);
  });

  it.each(RIGHT.filter(([country]) => country !== 'CH'))('of %s: %s is right without its prefix', (countryCode, vatId) => {
    expect(readVatId(vatId.slice(2), countryCode)).toEqual(readVatId(vatId));
  });

  // Of the Spanish and the Cypriot one the check is a letter, and these Irish and Dutch ones have further places behind it.
  const CHECKED_BY_LETTER = ['ESX2482300W', 'CY10259033P', 'IE6433435OA', 'NL004495445B01', 'SE123456789701'];
  it.each(RIGHT.filter(([, vatId]) => !CHECKED_BY_LETTER.includes(vatId)))('of %s: %s with another digit is wrong', (_, vatId) => {
    expect(readVatId(withAnotherDigit(vatId))).toMatchObject({ checkDigits: 'wrong' });
  });

  it.each([
    ['CY10259033A', 'CY'],
    ['ESX2482300A', 'ES'],
    ['IE6433435A', 'IE'],
    ['NL004495446B02', 'NL'],
    ['SE123456789801', 'SE'],
    ['BE0428759490', 'BE'],
    ['LT100001919010', 'LT'],
    ['GB000000000', 'GB'],
  ])('%s is wrong', (vatId, countryCode) => expect(readVatId(vatId)).toMatchObject({ countryCode, checkDigits: 'wrong' }));

  it.each([
    ['GR094259216', undefined, 'EL094259216', 'GR'],
    ['094259216', 'GR', 'EL094259216', 'GR'],
    ['094259216', 'EL', 'EL094259216', 'GR'],
    ['094259216', 'gr', 'EL094259216', 'GR'],
    ['NO 995 525 828', 'NO', 'NO995525828MVA', 'NO'],
    ['995 525 828 mva', 'NO', 'NO995525828MVA', 'NO'],
    ['CHE-107.787.577 MWST', 'CH', 'CHE107787577MWST', 'CH'],
    ['107.787.577', 'LI', 'CHE107787577', 'CH'],
    ['40303265045', 'MC', 'FR40303265045', 'FR'],
    ['980 780 684', 'IM', 'GB980780684', 'GB'],
    ['XI 980 7806 84', 'GB', 'XI980780684', 'XI'],
    ['de/136.695-976', 'GB', 'DE136695976', 'DE'],
  ])('%p in %p is %s of %s', (text, country, vatId, countryCode) => {
    expect(readVatId(text, country)).toMatchObject({ vatId, countryCode, checkDigits: 'right' });
  });

  it.each([
    ['12-3456789', 'US', '123456789', 'US'],
    ['51 824 753 556', 'AU', '51824753556', 'AU'],
    ['BR12345', 'BR', 'BR12345', 'BR'],
  ])('%p in %p is taken as it is', (text, country, vatId, countryCode) => {
    expect(readVatId(text, country)).toEqual({ vatId, countryCode, checkDigits: 'unknown' });
  });

  it.each([
    ['', undefined],
    ['   ', 'DE'],
    ['DE', undefined],
    ['DE12345678', 'DE'],
    ['DE1234567890', undefined],
    ['DE 12345678A', undefined],
    ['136695976', undefined],
    ['ATU1358562', 'AT'],
    ['AT13585627', undefined],
    ['BE2428759497', undefined],
    ['CHE10778757', 'CH'],
    ['CY1025903P', undefined],
    ['ESB5837843', undefined],
    ['EL09425921', undefined],
    ['FRO0303265045', undefined],
    ['GB98078068', 'GB'],
    ['GBGD500', undefined],
    ['GBHA499', undefined],
    ['IE64334350', undefined],
    ['LT1195115150', undefined],
    ['NL00449544501', undefined],
    ['SE1234567897', 'SE'],
    ['UK980780684', undefined],
    ['EU372022452', undefined],
    ['XX123456789', undefined],
    ['123', 'US'],
    ['123456789012345678901', 'US'],
    ['<script>alert(1)</script>', 'US'],
    ['DE١٢٣٤٥٦٧٨٩', undefined],
    ['ＤＥ136695976', undefined],
    ['DE136695976\u0000', undefined],
    ['constructor', '__proto__'],
  ])('%p in %p is none', (text, country) => expect(readVatId(text, country)).toBeUndefined());

  it.each([
    ['GBGD001', 'right'],
    ['GBHA500', 'right'],
    ['XIGD001', 'right'],
  ])('%s of a public body is %s', (vatId, checkDigits) => expect(readVatId(vatId)).toMatchObject({ checkDigits }));

  it('knows where check digits decide nothing', () => {
    const unsure = EU_COUNTRIES.filter((country) => !hasSureCheckDigits(country));
    expect(unsure.map(({ countryCode }) => countryCode)).toEqual(['FR', 'IE', 'NL']);
  });
});
