import type { FastifyRequest } from 'fastify';
import { readVatId } from '../vat-ids/index.js';

const VALIDATION = '/api/v1/vat/validate';
const TAX_PREVIEW = /^\/api\/v1\/checkouts\/:\w+\/tax-preview$/;

/**
 * Whether the request may lead to a question to the Commission's VAT number service, which is not ours to be asked through.
 * What cannot be a VAT id yet, because somebody is still typing it, leads to none.
 */
export function asksAboutVatId({ routeOptions, body }: Pick<FastifyRequest, 'routeOptions' | 'body'>): boolean {
  const { url = '' } = routeOptions;
  if (url === VALIDATION) return isKnownToVies(textOf(body, 'vatId'), textOf(body, 'countryCode'));
  if (!TAX_PREVIEW.test(url)) return false;
  const address = fieldOf(body, 'billingAddress');
  return isKnownToVies(textOf(address, 'vatId'), textOf(address, 'country'));
}

function isKnownToVies(vatId: string | undefined, country: string | undefined): boolean {
  return vatId !== undefined && readVatId(vatId, country)?.vies !== undefined;
}

function textOf(value: unknown, name: string): string | undefined {
  const text = fieldOf(value, name);
  return typeof text === 'string' && text !== '' ? text : undefined;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}
