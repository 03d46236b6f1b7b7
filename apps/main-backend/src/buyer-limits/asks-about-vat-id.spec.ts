import { describe, expect, it } from '@jest/globals';
import type { FastifyRequest } from 'fastify';
import { asksAboutVatId } from './asks-about-vat-id.js';

const VALIDATION = '/api/v1/vat/validate';
const PREVIEW = '/api/v1/checkouts/:sessionPublicId/tax-preview';

describe('asksAboutVatId', () => {
  it.each<[string, unknown, boolean]>([
    [VALIDATION, { vatId: 'at u13585627' }, true],
    [VALIDATION, { vatId: '094259216', countryCode: 'GR' }, true],
    [VALIDATION, { vatId: '094259216' }, false],
    [VALIDATION, { vatId: 'ATU1358' }, false],
    [VALIDATION, { vatId: 'GB980780684' }, false],
    [VALIDATION, { vatId: ['ATU13585627'] }, false],
    [VALIDATION, undefined, false],
    [VALIDATION, 'ATU13585627', false],
    [PREVIEW, { billingAddress: { country: 'AT', vatId: 'U13585627' } }, true],
    [PREVIEW, { billingAddress: { country: 'AT', vatId: 'U13585' } }, false],
    [PREVIEW, { billingAddress: { country: 'AT', vatId: null } }, false],
    [PREVIEW, { vatId: 'ATU13585627' }, false],
    [PREVIEW, { billingAddress: null }, false],
    ['/api/v1/transactions/create', { billingAddress: { vatId: 'ATU13585627' } }, false],
    ['/checkout/:shortCode', { vatId: 'ATU13585627' }, false],
  ])('%s with %j: %p', (url, body, asks) => {
    expect(asksAboutVatId({ routeOptions: { url } as FastifyRequest['routeOptions'], body })).toBe(asks);
  });
});
