import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newObjectId } from '@paygate/kernel';
import {
  listBankReceipts,
  listChargebacks,
  listCheckouts,
  listCustomerRiskHolds,
  listRefunds,
  listTransactions,
  transactionFigures,
} from '@paygate/messages';
import type { ListTransactionsRequest } from '@paygate/messages';
import type { mongo } from 'mongoose';
import { TalliesOfAllTenants } from '../src/transaction-tallies/index.js';
import { MainStack } from './support/main-stack.js';

/** Documents of the tenant that is asked for, and as many of another. */
const ROWS = 600;
const LIMIT = 10;
const READS = new Set(['find', 'aggregate', 'count']);
/** What belongs to a session and not to the question. */
const SESSION_FIELDS = [
  'lsid',
  '$clusterTime',
  '$db',
  'txnNumber',
  'startTransaction',
  'autocommit',
  'readConcern',
  'cursor',
  '$readPreference',
];

interface Stage {
  stage: string;
  inputStage?: Stage;
}
interface Explanation {
  queryPlanner: { winningPlan: Stage };
  executionStats: { totalDocsExamined: number };
}

describe('every list and every count reads along an index', () => {
  let stack: MainStack;
  const tenant = { organizationId: newObjectId(), livemode: false };
  const ids = { siteId: newObjectId(), providerId: newObjectId(), clientId: newObjectId(), checkoutId: newObjectId() };

  beforeAll(async () => {
    stack = await MainStack.start();
    const start = Date.UTC(2026, 0, 1);
    const rowOf = (organizationId: string, i: number): Record<string, unknown> => ({
      ...{ _id: newObjectId(), organizationId, livemode: false, providerType: 'fake', amount: 100, refundedAmount: 0 },
      siteId: i % 3 === 0 ? ids.siteId : newObjectId(),
      providerId: i % 3 === 1 ? ids.providerId : newObjectId(),
      status: i % 4 === 0 ? 'failed' : 'succeeded',
      currency: i % 5 === 0 ? 'JPY' : 'EUR',
      ...{ checkoutId: i % 300 === 0 ? ids.checkoutId : newObjectId(), sessionPublicId: 'cs', metadata: {}, timeline: [] },
      ...(i % 300 === 0 ? { clientId: ids.clientId, externalReference: 'order_1' } : {}),
      ...{ eventVersion: 2, lookUps: 0, createdAt: new Date(start + i * 3_600_000), updatedAt: new Date(start) },
    });
    const rows = Array.from({ length: 2 * ROWS }, (_, i) => rowOf(i % 2 === 0 ? tenant.organizationId : newObjectId(), i >> 1));
    await stack.database.collection<{ _id: string }>('transactions').insertMany(rows as never[]);
    await stack.app.get(TalliesOfAllTenants).rebuild('transactions');
  }, 60_000);
  afterAll(async () => stack.stop());

  /** The reads that answer a question, each as the database was asked. */
  async function readsOf(ask: () => Promise<unknown>, collections = ['transactions', 'transaction_tallies']): Promise<mongo.Document[]> {
    const commands: mongo.Document[] = [];
    const watch = (event: mongo.CommandStartedEvent): void => {
      if (READS.has(event.commandName)) commands.push(event.command);
    };
    const client = stack.database.getClient();
    client.on('commandStarted', watch);
    try {
      await ask();
    } finally {
      client.off('commandStarted', watch);
    }
    return commands.filter((command) => collections.includes(String(Object.values(command)[0])));
  }

  async function explained(command: mongo.Document): Promise<{ stages: string[]; looked: number }> {
    const question = Object.fromEntries(Object.entries(command).filter(([field]) => !SESSION_FIELDS.includes(field)));
    const explain = 'aggregate' in question ? { ...question, cursor: {} } : question;
    const answer = (await stack.database
      .getClient()
      .db(stack.database.name)
      .command({ explain, verbosity: 'executionStats' })) as Explanation;
    const stages: string[] = [];
    for (let stage: Stage | undefined = answer.queryPlanner.winningPlan; stage; stage = stage.inputStage) stages.push(stage.stage);
    return { stages, looked: answer.executionStats.totalDocsExamined };
  }

  const list = (filter: Partial<ListTransactionsRequest>) =>
    stack.rpc.request(listTransactions, { ...tenant, page: 1, limit: LIMIT, ...filter });

  const single: [string, Partial<ListTransactionsRequest>][] = [
    ['nothing', {}],
    ['status', { status: 'failed' }],
    ['currency', { currency: 'JPY' }],
    ['site', { siteId: ids.siteId }],
    ['provider', { providerId: ids.providerId }],
    ['client', { clientId: ids.clientId }],
    ['checkout', { checkoutId: ids.checkoutId }],
    ['reference', { externalReference: 'order_1' }],
    ['days', { from: '2026-01-05', to: '2026-01-10' }],
    ['status and currency', { status: 'failed', currency: 'JPY' }],
    ['site and status', { siteId: ids.siteId, status: 'failed' }],
    ['status and days', { status: 'failed', from: '2026-01-05', to: '2026-01-10' }],
  ];

  it.each(single)('by %s, looking at no more than it shows', async (_name, filter) => {
    const commands = await readsOf(() => list(filter));
    expect(commands.length).toBeGreaterThanOrEqual(2);
    for (const command of commands) {
      const { stages, looked } = await explained(command);
      expect(stages).toEqual(['FETCH', 'IXSCAN']);
      if ('find' in command) expect(looked).toBeLessThanOrEqual(LIMIT + 1);
    }
  });

  it.each<[string, Partial<ListTransactionsRequest>]>([
    ['everything at once', { ...ids, status: 'failed', currency: 'JPY', externalReference: 'order_1', from: '2026-01-01' }],
    ['provider, status and currency', { providerId: ids.providerId, status: 'failed', currency: 'JPY' }],
    ['site and provider', { siteId: ids.siteId, providerId: ids.providerId }],
  ])('by %s', async (_name, filter) => {
    for (const command of await readsOf(() => list(filter))) expect((await explained(command)).stages).toEqual(['FETCH', 'IXSCAN']);
  });

  it.each(single)('from deep inside, by %s, looking at no more than it shows', async (_name, filter) => {
    let page = await list(filter);
    for (let turns = 0; turns < 4 && page.nextCursor !== undefined; turns++) page = await list({ ...filter, cursor: page.nextCursor });
    const { nextCursor: cursor } = page;
    if (cursor === undefined) return;
    for (const command of await readsOf(() => list({ ...filter, cursor }))) {
      const { stages, looked } = await explained(command);
      expect(stages).toEqual(['FETCH', 'IXSCAN']);
      // The last entry of the page before has the same instant.
      if ('find' in command) expect(looked).toBeLessThanOrEqual(LIMIT + 2);
    }
  });

  it('totals never read the transactions themselves, except of what is rare', async () => {
    for (const filter of [
      {},
      { status: 'failed', currency: 'JPY' },
      { siteId: ids.siteId, from: '2026-01-05', to: '2026-01-10' },
    ] as const) {
      const counts = (await readsOf(() => list(filter))).filter((command) => 'aggregate' in command);
      expect(counts.map((command) => command['aggregate'] as string)).toEqual(['transaction_tallies']);
    }
  });

  it('the figures of a dashboard', async () => {
    const commands = await readsOf(() =>
      stack.rpc.request(transactionFigures, { ...tenant, from: '2025-12-05', to: '2026-02-10', withDays: true }),
    );
    expect(commands.map((command) => command['aggregate'] as string)).toEqual(Array.from({ length: 3 }, () => 'transaction_tallies'));
    for (const command of commands) expect((await explained(command)).stages).toEqual(['FETCH', 'IXSCAN']);
  });

  const page = { ...tenant, page: 1, limit: LIMIT };
  const days = { from: '2026-01-05', to: '2026-01-10' };
  const { siteId, providerId, clientId } = ids;
  const transactionId = newObjectId();
  const others: [string, (filter: object) => Promise<unknown>, object[]][] = [
    [
      'checkouts',
      (filter) => stack.rpc.request(listCheckouts, { ...page, ...filter }),
      [{}, { status: 'open' }, { currency: 'EUR' }, days, { siteId }, { clientId }, { externalReference: 'order_1' }],
    ],
    [
      'refunds',
      (filter) => stack.rpc.request(listRefunds, { ...page, ...filter }),
      [{}, { transactionId }, { status: 'pending' }, { currency: 'EUR' }, days, { siteId }, { providerId }],
    ],
    [
      'chargebacks',
      (filter) => stack.rpc.request(listChargebacks, { ...page, ...filter }),
      [{}, { transactionId }, { status: 'open' }, { currency: 'EUR' }, days, { siteId }, { providerId }, { clientId }],
    ],
    [
      'customer_risk_holds',
      (filter) => stack.rpc.request(listCustomerRiskHolds, { ...page, ...filter }),
      [{}, { status: 'active' }, { email: 'ada@example.com' }, { clientId }, { email: 'ada@example.com', clientId }],
    ],
    [
      'bank_receipts',
      (filter) => stack.rpc.request(listBankReceipts, { ...page, ...filter }),
      [{}, { state: 'unassigned' }, { providerId }, { transactionId }],
    ],
  ];
  it.each(
    others.flatMap(([name, ask, filters]) => filters.map((filter) => ({ name, by: Object.keys(filter).join(' and '), ask, filter }))),
  )('$name by $by', async ({ name, ask, filter }) => {
    const commands = await readsOf(() => ask(filter), [name]);
    expect(commands.length).toBeGreaterThanOrEqual(2);
    for (const command of commands) expect((await explained(command)).stages).toEqual(['FETCH', 'IXSCAN']);
  });

  it('what is held against a buyer', async () => {
    const merchant = await stack.newMerchant();
    const held = ['customer_risk_holds', 'open_disputes'];
    const commands = await readsOf(() => stack.createCheckout(merchant, { email: 'ada@example.com', clientId }), held);
    expect(commands.map((command) => command['find'] as string).sort()).toEqual(held);
    for (const command of commands) expect((await explained(command)).stages.slice(-2)).toEqual(['FETCH', 'IXSCAN']);
  });
});
