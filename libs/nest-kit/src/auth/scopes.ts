/** One permission an API key can carry, as `resource:action`. */
interface ScopeEntry {
  scope: string;
  /** What it allows, in words for people. */
  grants: string;
}

/**
 * Every scope of the Admin API. A key may also carry `resource:*` or `*`.
 * The families product, webhook, audit_log and system are additions to the documented catalogue, for resources it leaves out.
 */
export const SCOPES = [
  { scope: 'checkout:read', grants: 'Read checkouts' },
  { scope: 'checkout:create', grants: 'Create checkout URLs' },
  { scope: 'checkout:update', grants: 'Update checkout metadata' },
  { scope: 'transaction:read', grants: 'Read transactions and tax details' },
  { scope: 'transaction:create', grants: 'Create manual transactions' },
  { scope: 'transaction:update', grants: 'Update transaction metadata' },
  { scope: 'transaction:delete', grants: 'Delete transactions' },
  { scope: 'transaction:execute', grants: 'Chargeback management' },
  { scope: 'invoice:read', grants: 'Read invoices and recurring schedules' },
  { scope: 'invoice:create', grants: 'Create invoices and schedules' },
  { scope: 'invoice:update', grants: 'Update draft invoices, notes, invoice links, and correction workflows' },
  { scope: 'invoice:execute', grants: 'Preview tax, issue, void, email, payment checkout, PDF download, and recurring schedule actions' },
  { scope: 'invoice:delete', grants: 'Delete draft invoices' },
  { scope: 'credit_note:read', grants: 'Read credit notes' },
  { scope: 'credit_note:execute', grants: 'Download credit note PDFs and send credit note email' },
  { scope: 'client:read', grants: 'Read clients' },
  { scope: 'client:create', grants: 'Create clients' },
  { scope: 'client:update', grants: 'Update clients' },
  { scope: 'client:delete', grants: 'Delete clients' },
  { scope: 'client:execute', grants: 'Search clients, view history' },
  { scope: 'site:read', grants: 'Read sites' },
  { scope: 'site:create', grants: 'Create sites' },
  { scope: 'site:delete', grants: 'Delete sites' },
  { scope: 'site:update', grants: 'Update sites, rotate webhook secret' },
  { scope: 'provider:read', grants: 'Read providers' },
  { scope: 'provider:create', grants: 'Create providers (Admin role also required)' },
  { scope: 'provider:update', grants: 'Enable/disable providers (Admin role)' },
  { scope: 'provider:delete', grants: 'Delete providers (Admin role)' },
  { scope: 'domain:read', grants: 'Read domains' },
  { scope: 'domain:create', grants: 'Create domains (Admin role)' },
  { scope: 'domain:delete', grants: 'Delete domains (Admin role)' },
  { scope: 'domain:execute', grants: 'Verify CNAME, Apple Pay files' },
  { scope: 'api_key:read', grants: 'Read API keys' },
  { scope: 'api_key:create', grants: 'Create API keys' },
  { scope: 'api_key:update', grants: 'Update API key metadata, scopes, or whitelist' },
  { scope: 'api_key:delete', grants: 'Delete API keys' },
  { scope: 'api_key:execute', grants: 'Rotate or revoke API keys' },
  { scope: 'organization:read', grants: 'Read organization details' },
  { scope: 'organization:update', grants: 'Update organization settings' },
  { scope: 'organization:execute', grants: 'Access settings, encryption operations' },
  { scope: 'tax_rule:read', grants: 'Read tax rules' },
  { scope: 'tax_rule:create', grants: 'Create tax rules and populate default rule sets' },
  { scope: 'tax_rule:update', grants: 'Update tax rules' },
  { scope: 'tax_rule:delete', grants: 'Delete tax rules' },
  { scope: 'tax_rate:read', grants: 'Read tax rates' },
  { scope: 'tax_rate:create', grants: 'Create tax rates' },
  { scope: 'tax_rate:update', grants: 'Update tax rates' },
  { scope: 'tax_rate:delete', grants: 'Delete tax rates' },
  { scope: 'tax_rate:execute', grants: 'Replace default tax rates (replace-defaults)' },
  { scope: 'tax_report:read', grants: 'Read tax reports' },
  { scope: 'tax_report:execute', grants: 'Export tax reports (CSV/XML/Elster)' },
  { scope: 'tax_record:read', grants: 'Read canonical tax ledger records' },
  { scope: 'data_io:read', grants: 'Read import/export templates' },
  { scope: 'data_io:execute', grants: 'Import and export data' },
  { scope: 'export:execute', grants: 'Generate CSV exports' },
  { scope: 'portal:create', grants: 'Generate direct-login customer portal magic links' },
  { scope: 'vies:read', grants: 'Check EU countries' },
  { scope: 'vies:execute', grants: 'Validate VAT IDs' },
  { scope: 'userprofile:read', grants: 'Read own user profile' },
  { scope: 'userprofile:update', grants: 'Update passkey labels, notification prefs' },
  { scope: 'userprofile:execute', grants: 'Manage passkeys and related user profile actions' },
  { scope: 'product:read', grants: 'Read products' },
  { scope: 'product:create', grants: 'Create products' },
  { scope: 'product:update', grants: 'Update products' },
  { scope: 'product:delete', grants: 'Delete products' },
  { scope: 'webhook:read', grants: 'Read webhook endpoints, their statistics, replays and received test requests' },
  { scope: 'webhook:create', grants: 'Create webhook endpoints' },
  { scope: 'webhook:update', grants: 'Update, enable and disable webhook endpoints, rotate their secrets' },
  { scope: 'webhook:delete', grants: 'Delete webhook endpoints and received test requests' },
  { scope: 'webhook:execute', grants: 'Send tests to webhook endpoints, replay notifications' },
  { scope: 'audit_log:read', grants: 'Read and verify the audit log' },
  { scope: 'audit_log:execute', grants: 'Export the audit log' },
  { scope: 'system:read', grants: 'Read organizations, users and system keys of the platform (system keys)' },
  { scope: 'system:execute', grants: 'Manage organizations, users and system keys of the platform (system keys)' },
] as const satisfies readonly ScopeEntry[];

export type Scope = (typeof SCOPES)[number]['scope'];

const EXACT: ReadonlySet<string> = new Set(SCOPES.map(({ scope }) => scope));
const RESOURCES: ReadonlySet<string> = new Set(SCOPES.map(({ scope }) => resourceOf(scope)));

/** Whether a key may be given this text: a scope of the catalogue, `resource:*` of a known resource, or `*`. */
export function isGrantable(text: string): boolean {
  return text === '*' || EXACT.has(text) || (text.endsWith(':*') && RESOURCES.has(resourceOf(text)));
}

/** Whether the granted scopes include the required one, directly, by `resource:*` or by `*`. */
export function grants(granted: readonly string[], required: string): boolean {
  const everyAction = `${resourceOf(required)}:*`;
  return granted.some((scope) => scope === required || scope === everyAction || scope === '*');
}

/** `site` of `site:read`. */
export function resourceOf(scope: string): string {
  return scope.slice(0, scope.indexOf(':'));
}
