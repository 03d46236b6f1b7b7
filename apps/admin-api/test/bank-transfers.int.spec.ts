import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newObjectId } from '@paygate/kernel';
import { AdminStack } from './fixture/admin-stack.js';
import type { AnswerBody, Merchant } from './fixture/admin-stack.js';
import { expectRefusal } from './fixture/expect-refusal.js';

let stack: AdminStack;
let shop: Merchant;
let other: Merchant;
let wireId: string;
let adminKey: string;
const transactionId = newObjectId();
const receiptId = newObjectId();

const IBAN = 'DE89370400440532013000';
const credentials = { bankName: 'Example Bank', accountHolder: 'Example Ltd', iban: IBAN, bic: 'COBADEFFXXX' };
const CSV = 'date;amount;currency;text\n2026-03-02;49,00;EUR;RF18 KMNP\n2026-03-02;-5,00;EUR;fee';
const camt = (iban = IBAN): string =>
  `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Acct><Id><IBAN>${iban}</IBAN></Id></Acct>
<Ntry><Amt Ccy="EUR">49.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><BookgDt><Dt>2026-03-02</Dt></BookgDt></Ntry></Stmt></BkToCstmrStmt></Document>`;

beforeAll(async () => {
  stack = await AdminStack.start();
  [shop, other] = await Promise.all([stack.newMerchant(), stack.newMerchant()]);
  adminKey = (await stack.newKey(shop.scope, { scopes: ['*'] })).apiKey;
  const made = await stack.call('/api/v1/providers', {
    method: 'POST',
    key: adminKey,
    body: { type: 'wire', label: 'Bank', credentials },
  });
  wireId = made.body.id;
  const tenant = { organizationId: shop.organizationId, livemode: false };
  const times = { createdAt: '2026-03-01T10:00:00.000Z', updatedAt: '2026-03-01T10:00:00.000Z' };
  stack.main.transactions.push({
    ...tenant,
    ...times,
    id: transactionId,
    checkoutId: newObjectId(),
    siteId: shop.siteId,
    sessionPublicId: 'cs_1',
    providerId: wireId,
    providerType: 'wire',
    status: 'pending_provider',
    amount: 4900,
    currency: 'EUR',
    refundedAmount: 0,
    pendingRefundAmount: 0,
    refundableAmount: 0,
    receivedAmount: 1900,
    metadata: {},
    eventVersion: 2,
    timeline: [],
  });
  const money = { source: 'statement', state: 'unassigned', amount: 4900, currency: 'EUR', text: 'March', reason: 'no_reference' } as const;
  stack.main.receipts.push({
    ...tenant,
    ...times,
    ...money,
    id: receiptId,
    providerId: wireId,
    bookedOn: times.createdAt,
    suggestions: [],
  });
}, 60_000);
afterAll(async () => stack.stop());

const upload = async (body: string, type: string, { key = shop.apiKey, providerId = wireId } = {}) => {
  const headers = { authorization: `Bearer ${key}`, 'content-type': type };
  const response = await fetch(`${stack.url}/api/v1/bank-statements?providerId=${providerId}`, { method: 'POST', headers, body });
  return { status: response.status, headers: response.headers, body: (await response.json()) as AnswerBody };
};
const audited = async (action: string): Promise<Record<string, unknown>[]> => {
  const { body } = await stack.call(`/api/v1/audit-log?action=${action}`, { key: adminKey });
  return body.entries;
};

describe('POST /api/v1/transactions/:id/manual-status', () => {
  const decide = (body: object, key = shop.apiKey, id = transactionId) =>
    stack.call(`/api/v1/transactions/${id}/manual-status`, { method: 'POST', key, body });

  it('passes on what was said, and shows what came', async () => {
    const said = { status: 'succeeded', receivedAmount: 1900, receivedOn: '2026-03-02', note: 'seen' };
    const { status, body } = await decide(said);
    expect([status, body]).toMatchObject([200, { id: transactionId, receivedAmount: 1900, receivedDifference: -3000 }]);
    const tenant = { organizationId: shop.organizationId, livemode: false, transactionId };
    expect(stack.main.decisions.at(-1)).toMatchObject({ ...tenant, ...said, receivedOn: '2026-03-02T00:00:00.000Z' });
    expect(await audited('transaction.decided_by_hand')).toEqual([
      expect.objectContaining({ resource: { type: 'transaction', id: transactionId } }),
    ]);
  });

  it.each([
    ['no status', {}, 'status'],
    ['another status', { status: 'refunded' }, 'status'],
    ['nothing received', { status: 'succeeded', receivedAmount: 0 }, 'receivedAmount'],
    ['a fraction', { status: 'succeeded', receivedAmount: 10.5 }, 'receivedAmount'],
    ['an amount in words', { status: 'succeeded', receivedAmount: '4900' }, 'receivedAmount'],
    ['a day that is none', { status: 'succeeded', receivedOn: '2026-02-30' }, 'receivedOn'],
    ['too long a note', { status: 'succeeded', note: 'x'.repeat(501) }, 'note'],
    ['another tenant', { status: 'succeeded', organizationId: newObjectId() }, 'organizationId'],
  ])('refuses %s', async (_what, body, field) => expectRefusal(await decide(body), 400, 'validation_failed', field));

  it('does not find what is not there, or belongs to somebody else', async () => {
    expectRefusal(await decide({ status: 'succeeded' }, shop.apiKey, newObjectId()), 404, 'transaction_not_found');
    expectRefusal(await decide({ status: 'succeeded' }, shop.apiKey, 'x'), 404, 'transaction_not_found');
    expectRefusal(await decide({ status: 'succeeded' }, other.apiKey), 404, 'transaction_not_found');
  });

  it('needs the scope', async () => {
    const { apiKey } = await stack.newKey(shop.scope, { scopes: ['transaction:read'] });
    expectRefusal(await decide({ status: 'succeeded' }, apiKey), 403, 'insufficient_scope');
  });
});

describe('POST /api/v1/bank-statements', () => {
  it.each([
    ['CSV', CSV, 'text/csv; charset=utf-8', { format: 'csv', listed: 1, skipped: 1 }],
    ['camt.053', camt(), 'application/xml', { format: 'camt.053', listed: 1, skipped: 0 }],
    ['camt.053 as text', camt(), 'TEXT/XML', { format: 'camt.053', listed: 1, skipped: 0 }],
  ])('takes %s and passes the credits on', async (_what, file, type, answer) => {
    const { status, body } = await upload(file, type);
    const entry = { outcome: 'listed', reason: 'no_reference', amount: 4900, currency: 'EUR', bookedOn: '2026-03-02' };
    expect([status, body]).toMatchObject([200, { ...answer, assigned: 0, known: 0, entries: [entry] }]);
    expect(stack.main.imports.at(-1)).toMatchObject({
      organizationId: shop.organizationId,
      livemode: false,
      providerId: wireId,
      entries: [{ amount: 4900, currency: 'EUR', bookedOn: '2026-03-02T00:00:00.000Z' }],
    });
    expect((await audited('bank_statement.imported'))[0]).toMatchObject({ resource: { type: 'provider', id: wireId } });
  });

  it('sends a long one in parts, every entry once', async () => {
    const before = stack.main.imports.length;
    const lines = Array.from({ length: 120 }, (_, index) => `2026-03-02;${index + 1};EUR;a`);
    const { status, body } = await upload(['date;amount;currency;text', ...lines].join('\n'), 'text/csv');
    expect([status, body]).toMatchObject([200, { listed: 120 }]);
    const parts = stack.main.imports.slice(before).map(({ entries }) => entries);
    expect(parts.map(({ length }) => length)).toEqual([50, 50, 20]);
    expect(new Set(parts.flat().map(({ key }) => key)).size).toBe(120);
  });

  it.each([
    ['what is no statement', '<html/>', 'application/xml'],
    ['a file with a document type', `<!DOCTYPE d [<!ENTITY a "x">]>${camt()}`, 'application/xml'],
    ['CSV without the columns', 'a;b\n1;2', 'text/csv'],
    ['an empty file', '', 'text/csv'],
    ['a statement of another account', camt('NL91ABNA0417164300'), 'application/xml'],
    ['entities that grow', `<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>${camt().replace('CRDT', '&b;')}`, 'application/xml'],
    ['a file of ours', `<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>${camt().replace('CRDT', '&x;')}`, 'text/xml'],
    ['half a file', camt().slice(0, -30), 'text/xml'],
    ['one wrong line among others', `${CSV}\n2026-03-02;much;EUR;a`, 'text/csv'],
  ])('refuses %s, and takes nothing of it in', async (_what, file, type) => {
    const before = stack.main.imports.length;
    expectRefusal(await upload(file, type), 400, 'bank_statement_unreadable');
    expect(stack.main.imports.length).toBe(before);
  });

  it('says which line and which field is wrong', async () => {
    const { body } = await upload(`${CSV}\n2026-03-02;much;EUR;a`, 'text/csv');
    expect(body.message).toBe('The bank statement cannot be read: line 4: the amount is none.');
    expect(body.details).toEqual([
      { field: 'amount', line: 4, code: 'unreadable', message: 'the amount is none.', expected: 'an amount in EUR' },
    ]);
  });

  it('writes down what was taken in before it broke off', async () => {
    stack.main.importsLeft = 1;
    const lines = Array.from({ length: 60 }, (_, index) => `2026-03-05;${index + 1};EUR;a`);
    const answer = await upload(['date;amount;currency;text', ...lines].join('\n'), 'text/csv');
    stack.main.importsLeft = Infinity;
    expectRefusal(answer, 503, 'service_unavailable');
    const noted = [
      { field: 'complete', after: false },
      { field: 'listed', after: 50 },
    ];
    expect((await audited('bank_statement.imported'))[0]).toMatchObject({ changes: expect.arrayContaining(noted) });
  });

  it('refuses other types, and no provider', async () => {
    expectRefusal(await upload('{}', 'application/json'), 415, 'unsupported_media_type');
    expectRefusal(await upload('x', 'application/pdf'), 415, 'unsupported_media_type');
    expectRefusal(await upload(CSV, 'text/csv', { providerId: 'x' }), 400, 'validation_failed', 'providerId');
  });

  it('refuses a file of 20 MB', async () => {
    // Not over a socket: whether a client that is still sending sees the answer is a matter of luck.
    const { statusCode, body } = await stack.app.inject({
      method: 'POST',
      url: `/api/v1/bank-statements?providerId=${wireId}`,
      headers: { authorization: `Bearer ${shop.apiKey}`, 'content-type': 'text/csv' },
      payload: Buffer.alloc(20 * 1024 * 1024, 'a'),
    });
    expect([statusCode, JSON.parse(body)]).toMatchObject([413, { code: 'payload_too_large' }]);
  });

  it('is the only address that takes such files', async () => {
    const headers = { authorization: `Bearer ${shop.apiKey}`, 'content-type': 'text/csv' };
    const response = await fetch(`${stack.url}/api/v1/clients`, { method: 'POST', headers, body: CSV });
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([415, 'unsupported_media_type']);
  });

  it('needs the scope', async () => {
    const { apiKey } = await stack.newKey(shop.scope, { scopes: ['transaction:read', 'provider:*'] });
    expectRefusal(await upload(CSV, 'text/csv', { key: apiKey }), 403, 'insufficient_scope');
  });
});

describe('/api/v1/bank-receipts', () => {
  const list = (query = '', key = shop.apiKey) => stack.call(`/api/v1/bank-receipts${query}`, { key });
  const act = (verb: string, body?: object, key = shop.apiKey, id = receiptId) =>
    stack.call(`/api/v1/bank-receipts/${id}/${verb}`, { method: 'POST', key, body });

  it('lists what waits, to its owner only', async () => {
    const { status, body } = await list('?state=unassigned');
    expect([status, body]).toMatchObject([200, { total: 1, page: 1, limit: 50, receipts: [{ id: receiptId, reason: 'no_reference' }] }]);
    expect(body.receipts[0]).not.toHaveProperty('organizationId');
    expect((await list('', other.apiKey)).body.receipts).toEqual([]);
  });

  it.each([
    ['state=lost', 'state'],
    ['providerId=x', 'providerId'],
    ['transactionId[$ne]=x', 'transactionId[$ne]'],
    ['limit=101', 'limit'],
  ])('refuses ?%s', async (query, field) => expectRefusal(await list(`?${query}`), 400, 'validation_failed', field));

  it('assigns and dismisses, and writes down who did', async () => {
    expect(await act('dismiss')).toMatchObject({ status: 200, body: { state: 'dismissed' } });
    expect(await act('assign', { transactionId })).toMatchObject({ status: 200, body: { state: 'assigned', transactionId } });
    for (const action of ['bank_receipt.dismissed', 'bank_receipt.assigned']) {
      expect(await audited(action)).toEqual([expect.objectContaining({ resource: { type: 'bank_receipt', id: receiptId } })]);
    }
  });

  it('refuses what is not there, belongs to somebody else, or is wrong', async () => {
    expectRefusal(await act('assign', { transactionId }, other.apiKey), 404, 'bank_receipt_not_found');
    expectRefusal(await act('dismiss', undefined, other.apiKey), 404, 'bank_receipt_not_found');
    expectRefusal(await act('dismiss', undefined, shop.apiKey, 'x'), 404, 'bank_receipt_not_found');
    expectRefusal(await act('assign', {}), 400, 'validation_failed', 'transactionId');
    expectRefusal(await act('assign', { transactionId: { $gt: '' } }), 400, 'validation_failed', 'transactionId');
  });

  it('needs the scopes', async () => {
    const reader = (await stack.newKey(shop.scope, { scopes: ['transaction:read'] })).apiKey;
    expect((await list('', reader)).status).toBe(200);
    expectRefusal(await act('assign', { transactionId }, reader), 403, 'insufficient_scope');
    const stranger = (await stack.newKey(shop.scope, { scopes: ['client:read'] })).apiKey;
    expectRefusal(await list('', stranger), 403, 'insufficient_scope');
  });
});
