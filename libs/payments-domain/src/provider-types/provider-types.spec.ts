import { describe, expect, it } from '@jest/globals';
import { checkCredentials, maskCredentials } from './credentials.js';
import { canonicalIban, isIban } from './iban.js';
import { PROVIDER_TYPES, providerType } from './provider-types.js';
import type { ProviderType } from './provider-types.js';

function named(type: string): ProviderType {
  const found = providerType(type);
  if (!found) throw new Error(`there is no type ${type}`);
  return found;
}

const LIVE: Record<string, Record<string, string>> = {
  stripe: { secretKey: 'sk_live_abcdefghij123456', publishableKey: 'pk_live_abcdefghij123456' },
  gocardless: { accessToken: 'live_abcdefghij-123456', webhookSecret: 'a-secret-of-theirs', environment: 'live' },
  mollie: { apiKey: 'live_abcdefghij123456', profileId: 'pfl_3RkSN1zuPE' },
  paypal: { clientId: 'AbCdEfGh-123', clientSecret: 'EfGhIjKl_456', webhookId: '8PT597110X687430LKGECATA', mode: 'live', currency: 'EUR' },
  wise: { apiToken: '6b2a3d2c-0000-4f6e-9c4a-1d2e3f4a5b6c', profileId: '16421159' },
  wire: { bankName: 'Example Bank', accountHolder: 'Example Ltd', iban: 'DE89370400440532013000', bic: 'COBADEFFXXX' },
};
const TEST: Record<string, Record<string, string>> = {
  sandbox: { secretKey: 'sbx_of_my_choice', webhookSecret: 'whsec_0123456789' },
  stripe: { secretKey: 'rk_test_abcdefghij123456', publishableKey: 'pk_test_abcdefghij123456', webhookSecret: 'whsec_abcdefghij' },
  gocardless: { accessToken: 'sandbox_abcdefghij-123456', environment: 'sandbox' },
  mollie: { apiKey: 'test_abcdefghij123456', cardComponents: 'true' },
  paypal: { clientId: 'AbCdEfGh-123', clientSecret: 'EfGhIjKl_456', mode: 'sandbox' },
  wise: LIVE['wise']!,
  wire: LIVE['wire']!,
};

describe('the catalogue', () => {
  it('names every type once, and every field of a type once', () => {
    expect(PROVIDER_TYPES.map(({ type }) => type)).toEqual(['sandbox', 'stripe', 'gocardless', 'mollie', 'paypal', 'wise', 'wire']);
    for (const { fields } of PROVIDER_TYPES) expect(new Set(fields.map(({ name }) => name)).size).toBe(fields.length);
  });

  it.each([
    ...Object.entries(LIVE).map((entry) => [true, ...entry] as const),
    ...Object.entries(TEST).map((entry) => [false, ...entry] as const),
  ])('livemode %p: takes an account of %s', (livemode, type, credentials) => {
    expect(named(type)[livemode ? 'supportsLive' : 'supportsTest']).toBe(true);
    expect(checkCredentials(named(type), livemode, credentials)).toEqual({ credentials, problems: [] });
  });

  it('knows no type by the name of a method', () => {
    expect(providerType('constructor')).toBeUndefined();
    expect(providerType('toString')).toBeUndefined();
  });
});

describe('checkCredentials', () => {
  const problemsOf = (type: string, livemode: boolean, given: Record<string, unknown>): [string, string][] =>
    checkCredentials(named(type), livemode, given).problems.map(({ field, code }) => [field, code]);

  it.each<[string, string, boolean, Record<string, unknown>, [string, string][]]>([
    [
      'nothing at all',
      'stripe',
      true,
      {},
      [
        ['credentials.secretKey', 'required'],
        ['credentials.publishableKey', 'required'],
      ],
    ],
    ['blanks', 'mollie', true, { apiKey: '  ' }, [['credentials.apiKey', 'required']]],
    ['null', 'mollie', true, { apiKey: null }, [['credentials.apiKey', 'required']]],
    ['an operator', 'mollie', true, { apiKey: { $gt: '' } }, [['credentials.apiKey', 'format']]],
    ['a list', 'mollie', true, { apiKey: ['live_abcdefghij123456'] }, [['credentials.apiKey', 'format']]],
    ['a number', 'wise', true, { ...LIVE['wise'], profileId: 16421159 }, [['credentials.profileId', 'format']]],
    ['NUL', 'paypal', true, { ...LIVE['paypal'], clientSecret: 'EfGhIjKl\u0000' }, [['credentials.clientSecret', 'format']]],
    ['too much', 'mollie', true, { apiKey: `live_${'x'.repeat(300)}` }, [['credentials.apiKey', 'format']]],
    ['a field of nobody', 'mollie', true, { ...LIVE['mollie'], organizationId: 'x' }, [['credentials.organizationId', 'unknown_field']]],
    ['a field of another type', 'mollie', true, { ...LIVE['mollie'], secretKey: 'x' }, [['credentials.secretKey', 'unknown_field']]],
    [
      'a live key in test mode',
      'stripe',
      false,
      { ...TEST['stripe'], secretKey: 'sk_live_abcdefghij123456' },
      [['credentials.secretKey', 'wrong_mode']],
    ],
    [
      'a test key in live mode',
      'stripe',
      true,
      { ...LIVE['stripe'], publishableKey: 'pk_test_abcdefghij123456' },
      [['credentials.publishableKey', 'wrong_mode']],
    ],
    [
      'a live token in test mode',
      'gocardless',
      false,
      { accessToken: 'live_abcdefghij123456' },
      [['credentials.accessToken', 'wrong_mode']],
    ],
    ['the live environment in test mode', 'paypal', false, { ...TEST['paypal'], mode: 'live' }, [['credentials.mode', 'wrong_mode']]],
    ['a mistyped IBAN', 'wire', true, { ...LIVE['wire'], iban: 'DE89370400440532013001' }, [['credentials.iban', 'format']]],
    ['script in an address', 'sandbox', false, { ...TEST['sandbox'], baseUrl: 'javascript:alert(1)' }, [['credentials.baseUrl', 'format']]],
    ['a file', 'sandbox', false, { ...TEST['sandbox'], baseUrl: 'file:///etc/passwd' }, [['credentials.baseUrl', 'format']]],
    [
      'a password in an address',
      'sandbox',
      false,
      { ...TEST['sandbox'], baseUrl: 'https://a:b@c.example/' },
      [['credentials.baseUrl', 'format']],
    ],
  ])('refuses %s', (_what, type, livemode, given, expected) => {
    expect(problemsOf(type, livemode, given)).toEqual(expected);
  });

  it('says what was expected and never quotes a value', () => {
    const { problems } = checkCredentials(named('stripe'), true, { secretKey: 'sk_test_abcdefghij123456', publishableKey: 'my own' });
    expect(problems.map(({ message }) => message)).toEqual([
      'credentials.secretKey must be of live mode: sk_live_… or rk_live_….',
      'credentials.publishableKey must be a Stripe key such as pk_live_….',
    ]);
  });

  it('stays short however much is wrong', () => {
    const given = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`field${i}${'x'.repeat(500)}`, 'y']));
    expect(JSON.stringify(checkCredentials(named('stripe'), true, given).problems).length).toBeLessThan(10_000);
  });

  it('stores one way of writing', () => {
    const given = { ...LIVE['wire'], iban: ' de89 3704 0044 0532 0130 00 ', bic: 'cobadeff' };
    expect(checkCredentials(named('wire'), true, given).credentials).toMatchObject({ iban: 'DE89370400440532013000', bic: 'COBADEFF' });
  });

  describe('on an update', () => {
    const known = { ...LIVE['stripe']!, webhookSecret: 'whsec_0123456789' };
    const update = (given: Record<string, unknown>) => checkCredentials(named('stripe'), true, given, known);

    it('keeps what is not sent', () => expect(update({})).toEqual({ credentials: known, problems: [] }));

    it('keeps what is sent the way it was shown', () => {
      expect(update(maskCredentials(named('stripe'), known))).toEqual({ credentials: known, problems: [] });
    });

    it('replaces what is sent', () => {
      const secretKey = 'sk_live_9999999999999999';
      expect(update({ secretKey }).credentials).toEqual({ ...known, secretKey });
    });

    it('removes what is sent empty, unless it is needed', () => {
      expect(update({ webhookSecret: '' }).credentials).toEqual(LIVE['stripe']);
      expect(update({ secretKey: null }).problems).toMatchObject([{ field: 'credentials.secretKey', code: 'required' }]);
    });

    it('takes the mask of another secret for no secret', () => {
      expect(update({ secretKey: '••••0000' }).problems).toMatchObject([{ field: 'credentials.secretKey', code: 'format' }]);
    });
  });
});

describe('maskCredentials', () => {
  it('shows the end of long secrets, nothing of short ones, and what is no secret', () => {
    const credentials = { secretKey: 'sk_live_abcdefghij9f2a', publishableKey: 'pk_live_x', webhookSecret: 'whsec_12345', removed: 'x' };
    expect(maskCredentials(named('stripe'), credentials)).toEqual({
      secretKey: '••••9f2a',
      publishableKey: 'pk_live_x',
      webhookSecret: '••••',
    });
  });
});

describe('IBAN', () => {
  it.each(['DE89370400440532013000', 'GB82WEST12345698765432', 'NL91ABNA0417164300', 'FR1420041010050500013M02606', 'NO9386011117947'])(
    'takes %s',
    (iban) => expect(isIban(iban)).toBe(true),
  );

  it.each(['', 'DE', 'DE88370400440532013000', 'DE89 3704 0044 0532 0130 00', 'de89370400440532013000', `DE89${'0'.repeat(40)}`])(
    'refuses %p',
    (iban) => expect(isIban(iban)).toBe(false),
  );

  it('is written without blanks', () => expect(canonicalIban(' nl91 abna 0417164300\n')).toBe('NL91ABNA0417164300'));
});
