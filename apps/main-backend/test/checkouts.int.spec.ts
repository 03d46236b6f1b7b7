import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { isDuplicateKey, requestHash } from '@paygate/data-kit';
import { newObjectId } from '@paygate/kernel';
import { createCheckout, getCheckout, listCheckouts, updateCheckoutMetadata } from '@paygate/messages';
import type { CheckoutView, CreateCheckoutCommand, CreatedCheckout } from '@paygate/messages';
import { CheckoutsRepository } from '../src/checkouts/index.js';
import type { NewCheckout } from '../src/checkouts/index.js';
import { ApplyProviderResult, StartPayment } from '../src/transactions/index.js';
import { command, MainStack } from './support/main-stack.js';
import type { Merchant } from './support/main-stack.js';

describe('checkouts', () => {
  let stack: MainStack;
  let merchant: Merchant;

  beforeAll(async () => {
    stack = await MainStack.start();
  }, 60_000);

  afterAll(async () => {
    await stack.stop();
  });

  beforeEach(async () => {
    merchant = await stack.newMerchant();
  });

  const read = (id: string): Promise<CheckoutView> =>
    stack.rpc.request(getCheckout, { organizationId: merchant.organizationId, livemode: false, checkoutId: id });

  it('are stored as asked, open for the hours asked', async () => {
    const asked: CreateCheckoutCommand = command(merchant, {
      email: 'buyer@example.com',
      returnUrl: 'https://shop.example/done?tx={transactionId}',
      cancelUrl: 'https://shop.example/cart',
      ipnUrl: 'https://shop.example/ipn?a=b',
      invoiceNumber: 'INV-1',
      clientId: 'c'.repeat(24),
      items: [
        { name: 'Shirt', description: 'Blue', quantity: 2, unitPrice: 2500, vatRate: 19, itemType: 'goods', amountType: 'gross' },
        { name: 'Discount', quantity: 1, unitPrice: -100, itemType: 'discount' },
      ],
      billingAddress: { firstName: 'Ada', country: 'GB' },
      metadata: { cart: '7', 'with space': 'yes' },
      locale: 'de',
      expireInHours: 3,
    });
    const created = await stack.rpc.request(createCheckout, asked);
    expect(created).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      sessionPublicId: expect.stringMatching(/^[A-Za-z0-9]{24}$/),
      shortCode: expect.stringMatching(/^[A-Za-z0-9]{10}$/),
      paymentUrl: `https://pay.example.test/checkout/${created.shortCode}`,
      replayed: false,
    });
    const { organizationId: _organizationId, expireInHours: _expireInHours, ...kept } = asked;
    const view = await read(created.id);
    expect(view).toMatchObject({ ...kept, id: created.id, status: 'open', livemode: false });
    expect(Date.parse(view.expiresAt) - Date.parse(view.createdAt)).toBe(3 * 3_600_000);
  });

  it('take one insert and one search for older ones; without a reference the insert alone', async () => {
    const commands: string[] = [];
    const client = stack.database.getClient();
    const watch = ({ commandName }: { commandName: string }): void => void commands.push(commandName);
    client.on('commandStarted', watch);
    await stack.createCheckout(merchant);
    await stack.createCheckout(merchant, { externalReference: undefined, invoiceNumber: 'INV-1' });
    client.off('commandStarted', watch);
    expect(commands).toEqual(['insert', 'update', 'insert']);
  });

  it('created at the same moment share their commands', async () => {
    const commands: string[] = [];
    const client = stack.database.getClient();
    const watch = ({ commandName }: { commandName: string }): void => void commands.push(commandName);
    client.on('commandStarted', watch);
    const created = await Promise.all(Array.from({ length: 20 }, () => stack.createCheckout(merchant)));
    client.off('commandStarted', watch);
    expect(new Set(created.map(({ shortCode }) => shortCode)).size).toBe(20);
    expect(commands.length).toBeLessThan(20);
    for (const { id } of created) expect((await read(id)).status).toBe('open');
  });

  it('a row that cannot be stored fails alone, not those it was stored with', async () => {
    const taken = await read((await stack.createCheckout(merchant)).id);
    const repository = stack.app.get(CheckoutsRepository);
    const row = (shortCode: string): NewCheckout => ({
      ...{ id: newObjectId(), siteId: merchant.siteId, amount: 100, currency: 'EUR', items: [], metadata: {} },
      ...{ sessionPublicId: newObjectId(), shortCode, expiresAt: new Date(Date.now() + 60_000), createdAt: new Date() },
    });
    const rows = [row('first-free'), row(taken.shortCode), row('other-free')];
    const results = await Promise.allSettled(rows.map((each) => repository.insert(merchant.scope, each)));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(isDuplicateKey((results[1] as PromiseRejectedResult).reason)).toBe(true);
    expect(await Promise.all(rows.map(async ({ id }) => (await repository.findById(merchant.scope, id)) !== undefined))).toEqual([
      true,
      false,
      true,
    ]);
  });

  describe('refusals', () => {
    it.each([
      { case: 'an unknown site', changes: { siteId: 'b'.repeat(24) }, code: 'site_not_found' },
      { case: "another organization's site", changes: { organizationId: 'a'.repeat(24) }, code: 'site_not_found' },
    ])('$case → $code', async ({ changes, code }) => {
      await expect(stack.createCheckout(merchant, changes)).rejects.toMatchObject({ code });
    });

    it('a suspended organization', async () => {
      const suspended = await stack.newMerchant({ suspended: true });
      await expect(stack.createCheckout(suspended)).rejects.toMatchObject({ code: 'organization_suspended' });
    });

    it('an inactive site', async () => {
      const inactive = await stack.newMerchant({ site: { active: false } });
      await expect(stack.createCheckout(inactive)).rejects.toMatchObject({ code: 'site_inactive' });
    });
  });

  describe('with an Idempotency-Key', () => {
    const keyed = (key: string, body: string): Partial<CreateCheckoutCommand> => ({
      externalReference: 'order_1',
      idempotency: { key, requestHash: requestHash({ body }) },
    });
    const count = (): Promise<number> => stack.database.collection('checkouts').countDocuments({ organizationId: merchant.organizationId });

    it('the same request answers the same checkout', async () => {
      const first = await stack.createCheckout(merchant, keyed('k1', 'a'));
      const again = await stack.createCheckout(merchant, keyed('k1', 'a'));
      expect(again).toEqual(Object.assign({}, first, { replayed: true }));
      expect((await read(first.id)).status).toBe('open');
      expect(await count()).toBe(1);
    });

    it('another request is refused and creates nothing', async () => {
      await stack.createCheckout(merchant, keyed('k1', 'a'));
      await expect(stack.createCheckout(merchant, keyed('k1', 'b'))).rejects.toMatchObject({ code: 'idempotency_key_reused' });
      expect(await count()).toBe(1);
    });

    it('twenty at once create one', async () => {
      const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => stack.createCheckout(merchant, keyed('k1', 'a'))));
      const created = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'request_in_progress' });
      }
      expect(new Set(created.map((checkout) => checkout.id)).size).toBe(1);
      expect(created.filter((checkout) => !checkout.replayed).length).toBeLessThanOrEqual(1);
      expect(await count()).toBe(1);
    }, 60_000);

    it("another organization's key is another key", async () => {
      const other = await stack.newMerchant();
      const mine = await stack.createCheckout(merchant, keyed('k1', 'a'));
      const theirs = await stack.createCheckout(other, keyed('k1', 'b'));
      expect(theirs.id).not.toBe(mine.id);
    });
  });

  describe('the same externalReference again', () => {
    const order = { externalReference: 'order_7' };

    it('closes the older open ones and says which replaced them', async () => {
      const first = await stack.createCheckout(merchant, order);
      const second = await stack.createCheckout(merchant, order);
      const third = await stack.createCheckout(merchant, order);
      expect(await read(first.id)).toMatchObject({ status: 'cancelled', supersededBy: second.id });
      expect(await read(second.id)).toMatchObject({ status: 'cancelled', supersededBy: third.id });
      expect((await read(third.id)).status).toBe('open');
      expect(await read(third.id)).not.toHaveProperty('supersededBy');
    });

    it.each([
      { case: 'another reference', changes: { externalReference: 'order_8' } },
      { case: 'no reference', changes: { externalReference: undefined, invoiceNumber: 'order_7' } },
      { case: 'the other mode', changes: { livemode: true } },
    ])('$case closes nothing', async ({ changes }) => {
      const first = await stack.createCheckout(merchant, order);
      await stack.createCheckout(merchant, { ...order, ...changes });
      expect((await read(first.id)).status).toBe('open');
    });

    it('another site closes nothing', async () => {
      const other = await stack.newMerchant({ site: { organizationId: merchant.organizationId } });
      const first = await stack.createCheckout(merchant, order);
      await stack.createCheckout({ ...other, organizationId: merchant.organizationId }, order);
      expect((await read(first.id)).status).toBe('open');
    });

    it('closes nothing when the site does not want it', async () => {
      const careful = await stack.newMerchant({ site: { supersedeOpenCheckouts: false } });
      const first = await stack.createCheckout(careful, order);
      await stack.createCheckout(careful, order);
      merchant = careful;
      expect((await read(first.id)).status).toBe('open');
    });

    it('of many made at once exactly one stays open', async () => {
      const made = await Promise.all(Array.from({ length: 10 }, () => stack.createCheckout(merchant, order)));
      const views = await Promise.all(made.map(({ id }) => read(id)));
      const open = views.filter((view) => view.status === 'open');
      expect(open).toHaveLength(1);
      expect(views.filter((view) => view.status === 'cancelled' && view.supersededBy !== undefined)).toHaveLength(9);
    });

    describe('while the older one is being paid', () => {
      let paying: CreatedCheckout;
      let transactionId: string;
      const say = (word: 'succeeded' | 'failed') =>
        stack.app.get(ApplyProviderResult).execute({
          scope: merchant.scope,
          providerId: merchant.providerId,
          transactionId,
          payment: stack.provider.decide(transactionId, { word }),
          source: 'webhook',
        });

      beforeEach(async () => {
        paying = await stack.createCheckout(merchant, order);
        const { sessionPublicId } = paying;
        ({ transactionId } = await stack.app.get(StartPayment).execute({ sessionPublicId, providerId: merchant.providerId }));
      });

      it('it keeps its payment and learns what replaced it; a success completes it', async () => {
        const newer = await stack.createCheckout(merchant, order);
        expect(await read(paying.id)).toMatchObject({ status: 'processing', supersededBy: newer.id });
        await say('succeeded');
        expect((await read(paying.id)).status).toBe('completed');
      });

      it('when its attempt fails it closes instead of opening again', async () => {
        const newer = await stack.createCheckout(merchant, order);
        await say('failed');
        expect(await read(paying.id)).toMatchObject({ status: 'cancelled', supersededBy: newer.id });
      });

      it('a completed one is left alone', async () => {
        await say('succeeded');
        await stack.createCheckout(merchant, order);
        const view = await read(paying.id);
        expect(view.status).toBe('completed');
        expect(view).not.toHaveProperty('supersededBy');
      });
    });
  });

  it('metadata is replaced as a whole, also by nothing', async () => {
    const { id } = await stack.createCheckout(merchant, { metadata: { a: '1', b: '2' } });
    const tenant = { organizationId: merchant.organizationId, livemode: false };
    expect((await stack.rpc.request(updateCheckoutMetadata, { ...tenant, checkoutId: id, metadata: { c: '3' } })).metadata).toEqual({
      c: '3',
    });
    await stack.rpc.request(updateCheckoutMetadata, { ...tenant, checkoutId: id, metadata: {} });
    expect((await read(id)).metadata).toEqual({});
  });

  it('are listed newest first, by page and by cursor, with every filter', async () => {
    const made: CreatedCheckout[] = [];
    for (const [index, currency] of ['EUR', 'USD', 'EUR', 'EUR', 'JPY'].entries()) {
      stack.clock.advance(1_000);
      made.unshift(
        await stack.createCheckout(merchant, { currency, externalReference: `list_${index}`, clientId: String(index % 2).repeat(24) }),
      );
    }
    const tenant = { organizationId: merchant.organizationId, livemode: false };
    const list = (filter: object) => stack.rpc.request(listCheckouts, { ...tenant, page: 1, limit: 50, ...filter });
    const ids = async (filter: object) => (await list(filter)).items.map(({ id }) => id);
    const [newest, fourth, third, second, oldest] = made.map(({ id }) => id);

    expect(await ids({})).toEqual([newest, fourth, third, second, oldest]);
    expect(await ids({ currency: 'EUR' })).toEqual([fourth, third, oldest]);
    expect(await ids({ externalReference: 'list_1' })).toEqual([second]);
    expect(await ids({ clientId: '1'.repeat(24) })).toEqual([fourth, second]);
    expect(await ids({ siteId: merchant.siteId, status: 'open' })).toHaveLength(5);
    expect(await ids({ status: 'completed' })).toEqual([]);
    expect(await ids({ siteId: 'f'.repeat(24) })).toEqual([]);
    const { createdAt } = await read(third ?? '');
    expect(await ids({ from: createdAt })).toEqual([newest, fourth, third]);
    expect(await ids({ to: createdAt })).toEqual([third, second, oldest]);

    const page = await list({ limit: 2, page: 2 });
    expect(page).toMatchObject({ total: 5, page: 2, limit: 2 });
    expect(page.items.map(({ id }) => id)).toEqual([third, second]);
    const walked: string[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined;) {
      const next = await list({ limit: 2, ...(cursor === '' ? {} : { cursor }) });
      walked.push(...next.items.map(({ id }) => id));
      cursor = next.nextCursor;
    }
    expect(walked).toEqual(made.map(({ id }) => id));
    await expect(list({ cursor: 'nonsense' })).rejects.toMatchObject({ code: 'validation_failed' });
  });
});
