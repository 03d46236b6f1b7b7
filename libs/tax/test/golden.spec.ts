import { describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import type { TaxInput, TaxSettings } from '../src/index.js';
import { business, engineOf, line, net, OSS, sale, settings } from './sales.js';

/**
 * Whole outcomes, word for word, so that nobody changes by accident what documents say or records hold.
 * `UPDATE_GOLDEN=1` writes them anew; look at the difference before it is committed.
 */
const CALCULATIONS: readonly (readonly [name: string, settings: TaxSettings, input: TaxInput])[] = [
  [
    'basket-to-austria',
    settings('DE', OSS),
    sale(
      { country: 'DE', postcode: '10115' },
      [
        line('goods', 6000, { id: '1' }),
        line('digital_service', 4900, { id: '2' }),
        line('shipping', 490, { id: '3' }),
        line('discount', -1000, { id: '4' }),
      ],
      {
        shipTo: { country: 'AT', postcode: '1010' },
        evidence: [{ source: 'ip_address', country: 'DE' }],
      },
    ),
  ],
  [
    'business-in-the-netherlands',
    settings('DE', OSS),
    sale(business('NL', 'NL004495445B01', { consultationNumber: 'WAPIAAAAY' }), [
      net('goods', 25000, { id: '1', quantity: 4 }),
      net('service', 9900, { id: '2' }),
    ]),
  ],
  [
    'quebec',
    settings('CA', { ca: { registered: true, provinces: ['QC'] } }),
    sale(
      { country: 'CA', postcode: 'H2Y 1C6' },
      [net('digital_service', 9999, { id: '1' }), net('digital_service', 2501, { id: '2', quantity: 3 })],
      { currency: 'CAD' },
    ),
  ],
  ['small-business', settings('FR', { smallBusiness: { enabled: true } }), sale({ country: 'FR' }, [net('service', 10000, { id: '1' })])],
  ['no-country', settings('DE'), sale({ country: 'ZZ' }, [net('goods', 10000, { id: '1' })])],
];

describe('whole calculations', () => {
  it.each(CALCULATIONS)('%s', (name, given, input) => {
    const path = new URL(`golden/${name}.json`, import.meta.url);
    const outcome = engineOf(given).calculate(input);
    if (process.env['UPDATE_GOLDEN']) writeFileSync(path, `${JSON.stringify(outcome, null, 2)}\n`);
    // As it is stored: nothing in it gets lost on the way through JSON.
    expect(JSON.parse(JSON.stringify(outcome))).toStrictEqual(outcome);
    expect(outcome).toEqual(JSON.parse(readFileSync(path, 'utf8')));
  });
});
