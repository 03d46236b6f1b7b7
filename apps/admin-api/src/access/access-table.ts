import { anyone, authenticated, organization, platform, user } from './access-row.js';
import type { AccessRow } from './access-row.js';

/**
 * Who may call what: every route of the service, once. The guards read it, the API description and docs/access.md are made
 * from it, and the access tests go through it. A route without a row is refused.
 */
export const ACCESS_TABLE: readonly AccessRow[] = [
  // Signing in
  anyone('POST /api/v1/auth', { limit: 'sign_in' }),
  anyone('POST /api/v1/auth/authenticate-complete', { limit: 'sign_in', audit: 'session.started' }),
  anyone('POST /api/v1/auth/refresh-token'),
  anyone('POST /api/v1/auth/logout', { audit: 'session.ended' }),
  user('GET /api/v1/auth/login/check'),
  anyone('GET /sign-in'),
  anyone('GET /sign-in/assets/:file'),

  // The signed-in person
  user('GET /api/v1/profile/settings', 'userprofile:read'),
  user('PUT /api/v1/profile/settings', 'userprofile:update', { audit: 'profile.updated' }),
  user('GET /api/v1/profile/passkeys', 'userprofile:read'),
  user('POST /api/v1/profile/passkeys', 'userprofile:execute'),
  user('POST /api/v1/profile/passkeys/complete', 'userprofile:execute', { audit: 'passkey.registered' }),
  user('PATCH /api/v1/profile/passkeys/:id', 'userprofile:update', { audit: 'passkey.renamed' }),
  user('DELETE /api/v1/profile/passkeys/:id', 'userprofile:execute', { audit: 'passkey.deleted' }),
  user('POST /api/v1/invitations/accept', undefined, { limit: 'sign_in', audit: 'invitation.accepted' }),

  // Organizations and their members
  authenticated('GET /api/v1/scopes'),
  authenticated('GET /api/v1/organizations', 'organization:read'),
  organization('GET /api/v1/organizations/:orgId', 'organization:read'),
  organization('PUT /api/v1/organizations/:orgId', 'organization:update', { live: true, audit: 'organization.updated' }),
  organization('GET /api/v1/organizations/:orgId/members', 'organization:read'),
  organization('PATCH /api/v1/organizations/:orgId/members/:userId', 'organization:update', { live: true, audit: 'member.role_changed' }),
  user('DELETE /api/v1/organizations/:orgId/members/me', undefined, { audit: 'member.removed' }),
  organization('DELETE /api/v1/organizations/:orgId/members/:userId', 'organization:update', { live: true, audit: 'member.removed' }),
  organization('GET /api/v1/organizations/:orgId/invitations', 'organization:read', { role: 'admin' }),
  organization('POST /api/v1/organizations/:orgId/invitations', 'organization:update', { live: true, audit: 'invitation.created' }),
  organization('DELETE /api/v1/organizations/:orgId/invitations/:id', 'organization:update', { live: true, audit: 'invitation.withdrawn' }),

  organization('GET /api/v1/organizations/settings/tax', 'organization:execute'),
  organization('PUT /api/v1/organizations/settings/tax', 'organization:execute', { live: true, audit: 'tax_settings.updated' }),
  organization('GET /api/v1/organizations/settings/tax/oss-threshold-status', 'organization:read'),

  // API keys of an organization
  organization('GET /api/v1/organizations/:orgId/api-keys', 'api_key:read'),
  organization('POST /api/v1/organizations/:orgId/api-keys', 'api_key:create', { audit: 'api_key.created' }),
  organization('GET /api/v1/organizations/:orgId/api-keys/:id', 'api_key:read'),
  organization('PUT /api/v1/organizations/:orgId/api-keys/:id', 'api_key:update', { audit: 'api_key.updated' }),
  organization('DELETE /api/v1/organizations/:orgId/api-keys/:id', 'api_key:delete', { audit: 'api_key.deleted' }),
  organization('POST /api/v1/organizations/:orgId/api-keys/:id/revoke', 'api_key:execute', { audit: 'api_key.revoked' }),
  organization('POST /api/v1/organizations/:orgId/api-keys/:id/rotate', 'api_key:execute', { audit: 'api_key.rotated' }),

  // Sites, payment providers, domains
  organization('GET /api/v1/sites', 'site:read'),
  organization('POST /api/v1/sites', 'site:create', { audit: 'site.created' }),
  organization('GET /api/v1/sites/:id', 'site:read'),
  organization('GET /api/v1/sites/:id/routing-preview', 'site:read'),
  organization('PUT /api/v1/sites/:id', 'site:update', { audit: 'site.updated' }),
  organization('DELETE /api/v1/sites/:id', 'site:delete', { audit: 'site.deleted' }),
  organization('POST /api/v1/sites/:id/webhook-secret/regenerate', 'site:update', { audit: 'site.webhook_secret_regenerated' }),
  organization('GET /api/v1/providers', 'provider:read'),
  organization('POST /api/v1/providers', 'provider:create', { audit: 'provider.created' }),
  organization('GET /api/v1/providers/types', 'provider:read'),
  organization('GET /api/v1/providers/:id', 'provider:read'),
  organization('PUT /api/v1/providers/:id', 'provider:update', { audit: 'provider.updated' }),
  organization('DELETE /api/v1/providers/:id', 'provider:delete', { audit: 'provider.deleted' }),
  organization('POST /api/v1/providers/:id/toggle', 'provider:update', { audit: 'provider.toggled' }),
  organization('POST /api/v1/providers/:id/test', 'provider:update', { audit: 'provider.tested' }),
  anyone('GET /api/v1/domains/verify', { limit: 'none' }),
  organization('GET /api/v1/domains', 'domain:read'),
  organization('POST /api/v1/domains', 'domain:create', { audit: 'domain.created' }),
  organization('GET /api/v1/domains/verify-cname', 'domain:execute'),
  organization('GET /api/v1/domains/:id', 'domain:read'),
  organization('DELETE /api/v1/domains/:id', 'domain:delete', { audit: 'domain.deleted' }),
  organization('PUT /api/v1/domains/:id/apple-pay-association', 'domain:execute', { audit: 'domain.apple_pay_association_stored' }),
  organization('DELETE /api/v1/domains/:id/apple-pay-association', 'domain:execute', { audit: 'domain.apple_pay_association_removed' }),

  // Clients and products
  organization('GET /api/v1/clients', 'client:read'),
  organization('POST /api/v1/clients', 'client:create', { audit: 'client.created' }),
  organization('GET /api/v1/clients/search', 'client:execute'),
  organization('GET /api/v1/clients/:id', 'client:read'),
  organization('PUT /api/v1/clients/:id', 'client:update', { audit: 'client.updated' }),
  organization('DELETE /api/v1/clients/:id', 'client:delete', { audit: 'client.deleted' }),
  organization('GET /api/v1/clients/:id/history', 'client:execute'),
  organization('GET /api/v1/products', 'product:read'),
  organization('POST /api/v1/products', 'product:create', { audit: 'product.created' }),
  organization('GET /api/v1/products/:id', 'product:read'),
  organization('PUT /api/v1/products/:id', 'product:update', { audit: 'product.updated' }),
  organization('DELETE /api/v1/products/:id', 'product:delete', { audit: 'product.deleted' }),

  // Payments. Checkouts keep their own record of what happened to them, so creating one leaves no audit entry.
  organization('POST /api/v1/checkouts/:siteId/create', 'checkout:create'),
  organization('GET /api/v1/checkouts', 'checkout:read'),
  organization('GET /api/v1/checkouts/:checkoutId', 'checkout:read'),
  organization('PATCH /api/v1/checkouts/:checkoutId', 'checkout:update'),
  organization('POST /api/v1/invoices/preview-tax', 'invoice:create'),
  organization('GET /api/v1/customer-risk-holds', 'transaction:read'),
  organization('POST /api/v1/customer-risk-holds', 'transaction:execute', { audit: 'customer_risk_hold.created' }),
  organization('GET /api/v1/customer-risk-holds/:id', 'transaction:read'),
  organization('POST /api/v1/customer-risk-holds/:id/release', 'transaction:execute', { audit: 'customer_risk_hold.released' }),
  organization('GET /api/v1/transactions', 'transaction:read'),
  organization('POST /api/v1/transactions/manual', 'transaction:create', { audit: 'transaction.created' }),
  organization('GET /api/v1/transactions/:id', 'transaction:read'),
  organization('PUT /api/v1/transactions/:id', 'transaction:update', { audit: 'transaction.updated' }),
  organization('DELETE /api/v1/transactions/:id', 'transaction:delete', { audit: 'transaction.deleted' }),
  organization('GET /api/v1/transactions/:id/tax', 'transaction:read'),
  organization('POST /api/v1/transactions/:id/recalculate-tax', 'transaction:execute', { audit: 'transaction.tax_recalculated' }),
  organization('POST /api/v1/transactions/:id/cancel', 'transaction:execute', { audit: 'transaction.cancelled' }),
  organization('GET /api/v1/transactions/:id/refunds', 'transaction:read'),
  organization('POST /api/v1/transactions/:id/refunds', 'transaction:execute', { audit: 'refund.created' }),
  organization('PATCH /api/v1/transactions/:id/chargeback/:chargebackId', 'transaction:execute', { audit: 'chargeback.updated' }),
  organization('POST /api/v1/transactions/:id/resend-ipn', 'transaction:execute', { audit: 'ipn_delivery.resent' }),
  organization('DELETE /api/v1/transactions/:id/notifications', 'transaction:delete', { audit: 'transaction.notifications_erased' }),
  organization('GET /api/v1/refunds', 'transaction:read'),
  organization('GET /api/v1/refunds/:id', 'transaction:read'),
  organization('GET /api/v1/chargebacks', 'transaction:read'),
  organization('POST /api/v1/transactions/:id/manual-status', 'transaction:execute', { audit: 'transaction.decided_by_hand' }),
  organization('POST /api/v1/bank-statements', 'transaction:execute', { audit: 'bank_statement.imported' }),
  organization('GET /api/v1/bank-receipts', 'transaction:read'),
  organization('POST /api/v1/bank-receipts/:id/assign', 'transaction:execute', { audit: 'bank_receipt.assigned' }),
  organization('POST /api/v1/bank-receipts/:id/dismiss', 'transaction:execute', { audit: 'bank_receipt.dismissed' }),
  organization('GET /api/v1/ipn-deliveries', 'transaction:read'),
  organization('GET /api/v1/ipn-deliveries/:deliveryId', 'transaction:read'),
  organization('POST /api/v1/ipn-deliveries/:deliveryId/resend', 'transaction:execute', { audit: 'ipn_delivery.resent' }),
  organization('GET /api/v1/dashboard', 'transaction:read'),

  // Tax records
  organization('GET /api/v1/transactions/bulk-recalculate-tax', 'transaction:read'),
  organization('POST /api/v1/transactions/bulk-recalculate-tax', 'transaction:execute', { audit: 'tax_records.rebuild_started' }),
  organization('GET /api/v1/transactions/bulk-recalculate-tax/:jobId', 'transaction:read'),
  organization('GET /api/v1/tax/records', 'tax_record:read'),
  organization('GET /api/v1/tax/records/:id', 'tax_record:read'),
  organization('GET /api/v1/transactions/:id/tax-records', 'tax_record:read'),
  organization('GET /api/v1/invoices/:id/tax-records', 'tax_record:read'),

  // Tax reports. They hold no personal data, so downloading one leaves no audit entry.
  organization('GET /api/v1/tax/reports/by-country', 'tax_report:read'),
  organization('GET /api/v1/tax/reports/by-country/details', 'tax_report:read'),
  organization('GET /api/v1/tax/reports/by-country/export', 'tax_report:execute'),
  organization('GET /api/v1/tax/reports/revenue-by-country', 'tax_report:read'),
  organization('GET /api/v1/tax/reports/revenue-by-country/export', 'tax_report:execute'),
  organization('GET /api/v1/tax/reports/currencies', 'tax_report:read'),
  organization('GET /api/v1/tax/reports/vat-oss', 'tax_report:read'),
  organization('GET /api/v1/tax/reports/vat-oss/details', 'tax_report:read'),
  organization('GET /api/v1/tax/reports/vat-oss/export', 'tax_report:execute'),
  organization('GET /api/v1/tax/reports/vat-oss/export-elster', 'tax_report:execute'),

  // Tax. Live and test sales are taxed alike.
  organization('GET /api/v1/tax-rates', 'tax_rate:read'),
  organization('POST /api/v1/tax-rates', 'tax_rate:create', { live: true, audit: 'tax_rate.created' }),
  organization('DELETE /api/v1/tax-rates', 'tax_rate:delete', { live: true, audit: 'tax_rate.all_deleted' }),
  organization('POST /api/v1/tax-rates/replace-defaults', 'tax_rate:execute', { live: true, audit: 'tax_rate.defaults_replaced' }),
  organization('GET /api/v1/tax-rates/:id', 'tax_rate:read'),
  organization('PUT /api/v1/tax-rates/:id', 'tax_rate:update', { live: true, audit: 'tax_rate.updated' }),
  organization('DELETE /api/v1/tax-rates/:id', 'tax_rate:delete', { live: true, audit: 'tax_rate.deleted' }),
  organization('GET /api/v1/tax-rules', 'tax_rule:read'),
  organization('POST /api/v1/tax-rules', 'tax_rule:create', { live: true, audit: 'tax_rule.created' }),
  organization('DELETE /api/v1/tax-rules', 'tax_rule:delete', { live: true, audit: 'tax_rule.all_deleted' }),
  organization('POST /api/v1/tax-rules/populate-defaults', 'tax_rule:create', { live: true, audit: 'tax_rule.defaults_populated' }),
  organization('PUT /api/v1/tax-rules/:id', 'tax_rule:update', { live: true, audit: 'tax_rule.updated' }),
  organization('DELETE /api/v1/tax-rules/:id', 'tax_rule:delete', { live: true, audit: 'tax_rule.deleted' }),
  // VAT ids. Asking about one changes nothing: the answer is kept as evidence, and needs no entry in the audit log.
  organization('POST /api/v1/vies/validate', 'vies:execute'),
  organization('GET /api/v1/vies/eu-countries', 'vies:read'),

  // Webhooks
  organization('GET /api/v1/webhook-endpoints', 'webhook:read'),
  organization('POST /api/v1/webhook-endpoints', 'webhook:create', { audit: 'webhook_endpoint.created' }),
  organization('GET /api/v1/webhook-endpoints/:id', 'webhook:read'),
  organization('GET /api/v1/webhook-endpoints/:id/statistics', 'webhook:read'),
  organization('PUT /api/v1/webhook-endpoints/:id', 'webhook:update', { audit: 'webhook_endpoint.updated' }),
  organization('DELETE /api/v1/webhook-endpoints/:id', 'webhook:delete', { audit: 'webhook_endpoint.deleted' }),
  organization('POST /api/v1/webhook-endpoints/:id/rotate-secret', 'webhook:update', { audit: 'webhook_endpoint.secret_rotated' }),
  organization('POST /api/v1/webhook-endpoints/:id/enable', 'webhook:update', { audit: 'webhook_endpoint.enabled' }),
  organization('POST /api/v1/webhook-endpoints/:id/disable', 'webhook:update', { audit: 'webhook_endpoint.disabled' }),
  organization('POST /api/v1/webhook-endpoints/:id/test', 'webhook:execute', { audit: 'webhook_endpoint.tested' }),
  organization('GET /api/v1/webhook-replays', 'webhook:read'),
  organization('POST /api/v1/webhook-replays', 'webhook:execute', { audit: 'webhook_replay.started' }),
  organization('GET /api/v1/webhook-replays/:id', 'webhook:read'),
  organization('POST /api/v1/webhook-replays/:id/cancel', 'webhook:execute', { audit: 'webhook_replay.cancelled' }),
  organization('GET /api/v1/webhooks/inbox', 'webhook:read'),
  organization('DELETE /api/v1/webhooks/inbox', 'webhook:delete', { audit: 'webhook_inbox.emptied' }),
  anyone('POST /api/v1/webhooks/:slug', { limit: 'test_receiver' }),

  // Merchant API: what a signed-in merchant sets up. Paths may end in a slash.
  organization('GET /api/organization/webhook', 'webhook:read', { session: true }),
  organization('PUT /api/organization/webhook', 'webhook:update', { session: true, audit: 'webhook_endpoint.updated' }),
  organization('POST /api/organization/webhook/rotate', 'webhook:update', { session: true, audit: 'webhook_endpoint.secret_rotated' }),
  organization('POST /api/organization/webhook/test', 'webhook:execute', { session: true, audit: 'webhook_endpoint.tested' }),
  organization('POST /api/organization/webhook/test-transaction', 'webhook:execute', { session: true, audit: 'webhook_endpoint.tested' }),

  // Audit log of an organization. Its export is itself recorded: it takes personal data out of the platform.
  organization('GET /api/v1/audit-log', 'audit_log:read', { role: 'admin' }),
  organization('GET /api/v1/audit-log/verify', 'audit_log:read', { role: 'admin' }),
  organization('GET /api/v1/audit-log/export', 'audit_log:execute', { audit: 'audit_log.exported' }),

  // The platform itself
  platform('GET /api/v1/system/organizations', 'system:read'),
  platform('POST /api/v1/system/organizations', 'system:execute', { audit: 'organization.created' }),
  platform('GET /api/v1/system/organizations/:id', 'system:read'),
  platform('PUT /api/v1/system/organizations/:id', 'system:execute', { audit: 'organization.updated' }),
  platform('POST /api/v1/system/organizations/:id/suspend', 'system:execute', { audit: 'organization.suspended' }),
  platform('POST /api/v1/system/organizations/:id/resume', 'system:execute', { audit: 'organization.resumed' }),
  platform('POST /api/v1/system/organizations/:id/members', 'system:execute', { audit: 'member.added' }),
  platform('GET /api/v1/system/users', 'system:read'),
  platform('GET /api/v1/system/users/:id', 'system:read'),
  platform('PATCH /api/v1/system/users/:id', 'system:execute', { audit: 'user.updated' }),
  platform('GET /api/v1/system/invitations', 'system:read'),
  platform('POST /api/v1/system/invitations', 'system:execute', { audit: 'invitation.created' }),
  platform('DELETE /api/v1/system/invitations/:id', 'system:execute', { audit: 'invitation.withdrawn' }),
  platform('GET /api/v1/system/api-keys', 'system:read'),
  platform('POST /api/v1/system/api-keys', 'system:execute', { audit: 'system_key.created' }),
  platform('GET /api/v1/system/api-keys/:id', 'system:read'),
  platform('PUT /api/v1/system/api-keys/:id', 'system:execute', { audit: 'system_key.updated' }),
  platform('DELETE /api/v1/system/api-keys/:id', 'system:execute', { audit: 'system_key.deleted' }),
  platform('POST /api/v1/system/api-keys/:id/revoke', 'system:execute', { audit: 'system_key.revoked' }),
  platform('POST /api/v1/system/api-keys/:id/rotate', 'system:execute', { audit: 'system_key.rotated' }),
  platform('GET /api/v1/system/exchange-rates', 'system:read'),
  platform('PUT /api/v1/system/exchange-rates', 'system:execute', { audit: 'exchange_rate.imported' }),
  platform('GET /api/v1/system/audit-log', 'system:read'),
  platform('GET /api/v1/system/audit-log/verify', 'system:read'),
  platform('GET /api/v1/system/audit-log/export', 'system:execute', { audit: 'audit_log.exported' }),
];

const BY_ROUTE: ReadonlyMap<string, AccessRow> = new Map(ACCESS_TABLE.map((row) => [row.route, row]));

/** The row of a route; `path` is its pattern, e.g. `/api/v1/sites/:id`. */
export function accessRowOf(method: string, path: string): AccessRow | undefined {
  // Fastify answers HEAD with the handler of GET.
  return BY_ROUTE.get(`${method === 'HEAD' ? 'GET' : method} ${path}`);
}
