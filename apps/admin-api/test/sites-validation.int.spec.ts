import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newObjectId } from '@paygate/kernel';
import { AdminStack } from './fixture/admin-stack.js';
import { expectRefusal } from './fixture/expect-refusal.js';
import { hostileBodies } from './fixture/hostile-values.js';
import { SettingsApi } from './fixture/settings-api.js';
import type { Settings } from './fixture/settings-api.js';

let stack: AdminStack;
let live: SettingsApi;
let site: Settings;

beforeAll(async () => {
  stack = await AdminStack.start();
  ({ live } = await SettingsApi.ofNewOrganization(stack));
  const { webhookSecret: _secret, ...created } = await live.create('sites', { name: 'Shop', supportEmail: 'help@shop.example' });
  site = created;
}, 60_000);
afterAll(async () => stack.stop());

/** `branding.logoUrl` → `{ branding: { logoUrl: value } }` */
function bodyWith(field: string, value: unknown): object {
  return field.split('.').reduceRight<unknown>((inner, name) => ({ [name]: inner }), value) as object;
}

/** Both ways of setting it are refused, and nothing changes. */
async function expectRefused(field: string, value: unknown, named = field): Promise<void> {
  const body = bodyWith(field, value);
  expectRefusal(await live.call('POST', 'sites', { name: `Shop ${newObjectId()}`, ...body }), 400, 'validation_failed', named);
  expectRefusal(await live.call('PUT', `sites/${site.id}`, body), 400, 'validation_failed', named);
  expect(await live.get(`sites/${site.id}`)).toEqual(site);
}

describe('a site refuses', () => {
  const TEXTS = ['name', 'defaultProviderId', 'supportEmail', 'branding.logoUrl', 'branding.primaryColor', 'invoicing.invoicePrefix'];
  it.each(hostileBodies(TEXTS))('%s: %s', async (field, _what, value) => expectRefused(field, value));

  it.each<[string, unknown]>([
    ['name', ''],
    ['name', '   '],
    ['name', null],
    ['name', 'x'.repeat(201)],
    ['name', 'two\nlines'],
    ['name', 'turned \u202e around'],
    ['active', 'true'],
    ['active', 1],
    ['active', null],
    ['testOnly', 'yes'],
    ['testOnly', { $ne: false }],
    ['supersedeOpenCheckouts', 0],
    ['providerIds', 'x'],
    ['providerIds', { $in: [] }],
    ['providerIds', [{ $gt: '' }]],
    ['providerIds', ['not an id']],
    ['providerIds', ['507f1f77bcf86cd799439013', '507f1f77bcf86cd799439013']],
    ['providerIds', Array.from({ length: 51 }, () => newObjectId())],
    ['providerIds', null],
    ['defaultProviderId', 'x'],
    ['branding', 'blue'],
    ['branding', null],
    ['branding', [1]],
    ['branding.logoUrl', 'http://shop.example/logo.svg'],
    ['branding.logoUrl', 'javascript:alert(1)'],
    ['branding.logoUrl', 'data:image/svg+xml,x'],
    ['branding.logoUrl', 'https://user:password@shop.example/logo.svg'],
    ['branding.logoUrl', '//shop.example/logo.svg'],
    ['branding.primaryColor', 'blue'],
    ['branding.primaryColor', '#12345'],
    ['branding.primaryColor', '#1234567'],
    ['branding.primaryColor', '#12345;}'],
    ['branding.accentColor', 'rgb(0,0,0)'],
    ['ipnVersion', 0],
    ['ipnVersion', 3],
    ['ipnVersion', '2'],
    ['ipnVersion', null],
    ['allowedOrigins', 'https://shop.example'],
    ['allowedOrigins', ['*']],
    ['allowedOrigins', ['null']],
    ['allowedOrigins', ['https://shop.example/']],
    ['allowedOrigins', ['https://shop.example/path']],
    ['allowedOrigins', ['https://Shop.example']],
    ['allowedOrigins', ['https://shop.example:443']],
    ['allowedOrigins', ['https://user@shop.example']],
    ['allowedOrigins', ['ftp://shop.example']],
    ['allowedOrigins', ['shop.example']],
    ['allowedOrigins', [{ $gt: '' }]],
    ['allowedOrigins', ['https://shop.example', 'https://shop.example']],
    ['allowedOrigins', Array.from({ length: 51 }, (_, i) => `https://shop${i}.example`)],
    ['supportEmail', 'nobody'],
    ['supportEmail', `${'x'.repeat(250)}@shop.example`],
    ['invoicing', 7],
    ['invoicing.invoicePrefix', 'x'.repeat(21)],
    ['invoicing.creditNotePrefix', 'A\tB'],
  ])('%s = %p', async (field, value) => expectRefused(field, value));

  it.each<[string, unknown]>([
    ['id', '507f1f77bcf86cd799439012'],
    ['organizationId', '507f1f77bcf86cd799439012'],
    ['livemode', true],
    ['signingSecrets', []],
    ['webhookSecret', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
    ['deletedAt', null],
    ['createdAt', '2026-01-01T00:00:00.000Z'],
    ['branding.onload', 'alert(1)'],
    ['invoicing.nextNumber', 1],
    ['$set', { active: false }],
  ])('the field %s, which it does not have', async (field, value) => {
    await expectRefused(field, value);
    const answer = await live.call('PUT', `sites/${site.id}`, bodyWith(field, value));
    expect(answer.body.details).toMatchObject([{ code: 'unknown_field' }]);
  });

  it.each(['[]', 'null', '"text"', '7', '{', '{"name":"a","__proto__":{"active":false}}'])('the body %s', async (text) => {
    expect((await live.send('POST', 'sites', text)).status).toBe(400);
    expect(await live.get(`sites/${site.id}`)).toEqual(site);
  });

  it.each(['x', '%00', '507f1f77bcf86cd79943901', '{"$gt":""}', 'constructor'])('the id %p, which is none', async (id) => {
    for (const method of ['GET', 'PUT', 'DELETE']) {
      expectRefusal(await live.call(method, `sites/${encodeURIComponent(id)}`, method === 'PUT' ? {} : undefined), 404, 'site_not_found');
    }
  });
});

it('says all that is wrong at once', async () => {
  const { body } = await live.call('POST', 'sites', { ipnVersion: 9, branding: { primaryColor: 'x' }, colour: 'red' });
  expect(body.details.map(({ field }) => field).sort()).toEqual(['branding.primaryColor', 'colour', 'ipnVersion', 'name']);
});
