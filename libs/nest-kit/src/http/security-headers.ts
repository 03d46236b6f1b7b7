/**
 * Headers of every answer, those Helmet sets by default. They are constants sent with each answer: Helmet's Fastify
 * plugin builds its middleware and its policy text anew for every request.
 */
const EVERYWHERE = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
} as const;

/** An API answer is data: nothing in it may run, be framed or be kept by a cache. */
const API_ONLY = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
} as const;

/** `api` for services that answer data only; `none` when pages set a Content-Security-Policy of their own. */
export type ContentSecurityPolicyMode = 'api' | 'none';

export function securityHeaders(mode: ContentSecurityPolicyMode): Readonly<Record<string, string>> {
  return mode === 'api' ? { ...EVERYWHERE, ...API_ONLY } : EVERYWHERE;
}
