import type { FastifyRequest } from 'fastify';

const VALIDATION = '/api/v1/vat/validate';
const TAX_PREVIEW = /^\/api\/v1\/checkouts\/:\w+\/tax-preview$/;

/** Whether the request may lead to a question to the Commission's VAT number service, which is not ours to be asked through. */
export function asksAboutVatId({ routeOptions, body }: Pick<FastifyRequest, 'routeOptions' | 'body'>): boolean {
  const { url = '' } = routeOptions;
  if (url === VALIDATION) return true;
  const address = TAX_PREVIEW.test(url) ? fieldOf(body, 'billingAddress') : undefined;
  const vatId = fieldOf(address, 'vatId');
  return typeof vatId === 'string' && vatId.trim() !== '';
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}
