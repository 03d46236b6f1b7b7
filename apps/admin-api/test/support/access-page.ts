import { ROLE_SCOPES, SCOPES } from '@paygate/nest-kit';
import type { AccessRow } from '../../src/access/index.js';

/** `docs/access.md`, made from the access table. */
export function renderAccessPage(table: readonly AccessRow[]): string {
  return [
    '# Who may call what',
    '',
    'Made from the access table of admin-api (`apps/admin-api/src/access/access-table.ts`), which is also what the service itself',
    'asks on every request. A test fails when this page and the table differ.',
    '',
    '## How to read it',
    '',
    '- **Keys** of an organization (`Authorization: Bearer sk_live_…` or `sk_test_…`) need the scope. `resource:*` and `*` include it.',
    '  A test key sees and changes test data only; _live_ marks what a test key may not change because live payments depend on it.',
    '- **People** (`Authorization: Bearer <access token>`, or `Token <access token>`) need the role, in the organization that the',
    '  address names, else the cookie `selectedOrganization`, else the only one they belong to. The cookie `selectedMode=test` shows',
    '  test data.',
    '- **System keys** act for the organization the address or `X-Organization-ID` names, with the scope.',
    '- A suspended organization answers 403 `organization_suspended` to its keys and its members.',
    '- _platform_: global administrators, and system keys with the scope. Being a global administrator opens no organization’s data.',
    '',
    '| method | address | who | scope of a key | role of a person | audit entry |',
    '| --- | --- | --- | --- | --- | --- |',
    ...table.map(line),
    '',
    '## Roles',
    '',
    'Viewer: every `:read`. Editor: also ' + added('viewer', 'editor') + '. Admin: everything.',
    '',
    '## Scopes',
    '',
    '| scope | allows |',
    '| --- | --- |',
    ...SCOPES.map(({ scope, grants }) => `| \`${scope}\` | ${grants} |`),
    '',
  ].join('\n');
}

function line(row: AccessRow): string {
  const [method = '', address = ''] = row.route.split(' ');
  const session = row.for === 'organization' && row.session === true;
  const scope = 'scope' in row && row.for !== 'user' && !session ? `\`${String(row.scope)}\`` : row.for === 'authenticated' ? 'any' : '';
  const role = { anyone: '', authenticated: 'any', user: 'themselves', platform: 'global administrator' };
  const who = { anyone: 'anyone', authenticated: 'keys, people', user: 'people', platform: 'platform', organization: 'keys, people' }[
    row.for
  ];
  const cells = [
    method,
    `\`${address}\``,
    (session ? 'people' : who) + (row.for === 'organization' && row.live === true ? ', _live_' : ''),
    scope,
    row.for === 'organization' ? row.role : role[row.for],
    row.audit === undefined ? '' : `\`${row.audit}\``,
  ];
  return `| ${cells.join(' | ')} |`;
}

function added(below: 'viewer', role: 'editor'): string {
  return ROLE_SCOPES[role]
    .filter((scope) => !ROLE_SCOPES[below].includes(scope))
    .map((scope) => `\`${scope}\``)
    .join(', ');
}
