import { describe, expect, it } from '@jest/globals';
import { isCertificateAddress, paypalAccess } from './paypal-access.js';

const account = (credentials: Record<string, string>, livemode = true) =>
  paypalAccess({
    id: 'p1',
    organizationId: 'o1',
    type: 'paypal',
    livemode,
    credentials: { clientId: 'id', clientSecret: 'secret', ...credentials },
  });

describe('paypalAccess', () => {
  it.each<[string, Record<string, string>, boolean, string]>([
    ['live', {}, true, 'https://api-m.paypal.com'],
    ['test', {}, false, 'https://api-m.sandbox.paypal.com'],
    ['the mode named', { mode: 'sandbox' }, true, 'https://api-m.sandbox.paypal.com'],
    ['the address named', { baseUrl: 'https://paypal.example.test/' }, true, 'https://paypal.example.test'],
  ])('%s', (_name, credentials, livemode, baseUrl) => expect(account(credentials, livemode)?.baseUrl).toBe(baseUrl));

  it.each<[string, Record<string, string>]>([
    ['no client id', { clientId: '' }],
    ['no secret', { clientSecret: '' }],
    ['an address that is none', { baseUrl: 'paypal' }],
  ])('%s is not enough', (_name, credentials) => expect(account(credentials)).toBeUndefined());
});

describe('isCertificateAddress', () => {
  const LIVE = { baseUrl: 'https://api-m.paypal.com', clientId: 'id', clientSecret: 'secret' };
  const SANDBOX = { ...LIVE, baseUrl: 'https://api-m.sandbox.paypal.com' };
  const OWN = { ...LIVE, baseUrl: 'http://127.0.0.1:4010/paypal' };

  it.each([
    ['https://api.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594-a5cafa77', LIVE],
    ['https://api-m.paypal.com/v1/notifications/certs/CERT-1', LIVE],
    ['https://api.sandbox.paypal.com/v1/notifications/certs/CERT-1', SANDBOX],
    ['http://127.0.0.1:4010/v1/notifications/certs/CERT-1', OWN],
  ])('%s is one', (address, access) => expect(isCertificateAddress(address, access)).toBe(true));

  it.each([
    ['http://api.paypal.com/v1/notifications/certs/CERT-1', LIVE],
    ['https://api.sandbox.paypal.com/v1/notifications/certs/CERT-1', LIVE],
    ['https://api.paypal.com/v1/notifications/certs/CERT-1', SANDBOX],
    ['https://api.paypal.com/v1/notifications/certs/CERT-1', OWN],
    ['http://127.0.0.1:4011/v1/notifications/certs/CERT-1', OWN],
    ['https://api.paypal.com.evil.example/v1/notifications/certs/CERT-1', LIVE],
    ['https://evil.example/v1/notifications/certs/CERT-1', LIVE],
    ['https://evil.example#https://api.paypal.com/v1/notifications/certs/CERT-1', LIVE],
    ['https://api.paypal.com@evil.example/v1/notifications/certs/CERT-1', LIVE],
    ['https://user:secret@api.paypal.com/v1/notifications/certs/CERT-1', LIVE],
    ['https://api.paypal.com:8443/v1/notifications/certs/CERT-1', LIVE],
    ['https://api.paypal.com/v1/notifications/certs/../../oauth2/token', LIVE],
    ['https://api.paypal.com/v1/notifications/certs/%2e%2e%2fx', LIVE],
    ['https://api.paypal.com/v1/notifications/certs/CERT-1?x=1', LIVE],
    ['https://api.paypal.com/v1/notifications/certs/', LIVE],
    ['file:///etc/passwd', LIVE],
    ['', LIVE],
  ])('%s is none', (address, access) => expect(isCertificateAddress(address, access)).toBe(false));
});
