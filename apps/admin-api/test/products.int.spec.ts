import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newObjectId, TenantScope } from '@paygate/kernel';
import { AdminStack } from './fixture/admin-stack.js';
import type { Answer, Call, Merchant } from './fixture/admin-stack.js';
import { expectRefusal } from './fixture/expect-refusal.js';

const PATH = '/api/v1/products';
const PLAN = { name: 'Professional Plan', price: 4900, currency: 'EUR' };

interface ProductBody {
  id: string;
  name: string;
  price: number;
  updatedAt: string;
}
interface ProductList {
  products: ProductBody[];
  total: number;
  nextCursor?: string;
}
interface Trail {
  entries: { action: string; resource: object; changes: { field: string; before?: unknown; after?: unknown }[] }[];
}

let stack: AdminStack;
let shop: Merchant;
let key: string;
let liveKey: string;
let otherKey: string;

beforeAll(async () => {
  stack = await AdminStack.start();
  const [mine, other] = await Promise.all([stack.newMerchant(), stack.newMerchant()]);
  shop = mine;
  key = await newKey(shop.scope);
  liveKey = await newKey(TenantScope.of(shop.organizationId, true));
  otherKey = await newKey(other.scope);
}, 60_000);
afterAll(async () => stack.stop());

const newKey = async (scope: TenantScope): Promise<string> => (await stack.newKey(scope, { scopes: ['*'] })).apiKey;
const call = (path: string, options: Call = {}): Promise<Answer> => stack.call(`${PATH}${path}`, { key, ...options });
const create = (body: unknown, options: Call = {}): Promise<Answer> => call('', { method: 'POST', body, ...options });
const update = (id: string, body: unknown, options: Call = {}): Promise<Answer> => call(`/${id}`, { method: 'PUT', body, ...options });
const remove = (id: string, options: Call = {}): Promise<Answer> => call(`/${id}`, { method: 'DELETE', ...options });
const newSku = (): string => `SKU-${newObjectId()}`;

async function created(wanted: object = {}): Promise<ProductBody> {
  const answer = await create({ ...PLAN, ...wanted });
  expect(answer.status).toBe(201);
  return answer.body as unknown as ProductBody;
}

async function trailOf(id: string): Promise<Trail['entries']> {
  const { body } = await stack.call(`/api/v1/audit-log?resourceType=product&resourceId=${id}`, { key });
  return (body as unknown as Trail).entries;
}

async function list(query: string, caller = key): Promise<ProductList> {
  const { status, body } = await call(query, { key: caller });
  expect(status).toBe(200);
  return body as unknown as ProductList;
}

describe('POST /api/v1/products', () => {
  it('creates a product with what is usual', async () => {
    const answer = await create(PLAN);
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      ...PLAN,
      itemType: 'goods',
      active: true,
      metadata: {},
      livemode: false,
      createdAt: expect.stringMatching(/Z$/),
      updatedAt: expect.stringMatching(/Z$/),
    });
    expect((await call(`/${answer.body.id}`)).body).toEqual(answer.body);
    expect(await trailOf(answer.body.id)).toMatchObject([{ action: 'product.created', resource: { name: PLAN.name } }]);
  });

  it('keeps all that can be said about one', async () => {
    const whole = {
      name: 'Crème brûlée',
      description: 'With sugar.\nFor two.',
      price: 0,
      currency: 'JPY',
      itemType: 'shipping',
      amountType: 'net',
      taxRate: 7.7,
      sku: newSku(),
      imageUrl: 'https://shop.example/c.png',
      active: false,
      metadata: { tier: 'pro' },
    };
    expect(await created(whole)).toMatchObject(whole);
  });

  it.each([
    ['physical', 'goods'],
    ['virtual', 'digital_service'],
    ['digital_service', 'digital_service'],
    [' ticket ', 'ticket'],
    ['', 'goods'],
    [null, 'goods'],
  ])('reads the item type %p as %s', async (itemType, expected) => {
    expect(await created({ itemType })).toMatchObject({ itemType: expected });
  });

  it('takes empty optional fields for absent, -0 for 0 and numbers in metadata as text', async () => {
    const empty = { description: '', amountType: null, taxRate: null, sku: '', imageUrl: '', active: null };
    const product = await created({ ...empty, price: -0, metadata: { a: 1 } });
    expect(product).toMatchObject({ active: true, metadata: { a: '1' } });
    expect(Object.is(product.price, 0)).toBe(true);
    for (const field of ['description', 'amountType', 'taxRate', 'sku', 'imageUrl']) expect(product).not.toHaveProperty(field);
  });

  it.each<[string, object, string]>([
    ['no name', { name: undefined }, 'name'],
    ['an empty name', { name: ' ' }, 'name'],
    ['an operator as name', { name: { $gt: '' } }, 'name'],
    ['a list as name', { name: ['x'] }, 'name'],
    ['NUL in the name', { name: 'a\u0000b' }, 'name'],
    ['a line break in the name', { name: 'a\nb' }, 'name'],
    ['an over-long name', { name: 'x'.repeat(201) }, 'name'],
    ['an over-long description', { description: 'x'.repeat(2001) }, 'description'],
    ['NUL in the description', { description: '\u0000' }, 'description'],
    ['no price', { price: undefined }, 'price'],
    ['a negative price', { price: -1 }, 'price'],
    ['a fraction', { price: 49.5 }, 'price'],
    ['a price beyond exact numbers', { price: 2 ** 53 }, 'price'],
    ['a price as text', { price: '4900' }, 'price'],
    ['an operator as price', { price: { $gt: 0 } }, 'price'],
    ['no currency', { currency: undefined }, 'currency'],
    ['a currency in small letters', { currency: 'eur' }, 'currency'],
    ['an unknown currency', { currency: 'XXQ' }, 'currency'],
    ['an operator as currency', { currency: { $ne: 'EUR' } }, 'currency'],
    ['an over-long item type', { itemType: 'x'.repeat(51) }, 'itemType'],
    ['an operator as item type', { itemType: { $in: ['goods'] } }, 'itemType'],
    ['another amount type', { amountType: 'NET' }, 'amountType'],
    ['a tax rate above 100', { taxRate: 100.1 }, 'taxRate'],
    ['a negative tax rate', { taxRate: -1 }, 'taxRate'],
    ['a tax rate as text', { taxRate: '19' }, 'taxRate'],
    ['an over-long sku', { sku: 'x'.repeat(101) }, 'sku'],
    ['a number as sku', { sku: 7 }, 'sku'],
    ['an operator as sku', { sku: { $exists: false } }, 'sku'],
    ['a script as image', { imageUrl: 'javascript:alert(1)' }, 'imageUrl'],
    ['a path as image', { imageUrl: '/c.png' }, 'imageUrl'],
    ['text as active', { active: 'true' }, 'active'],
    ['a number as active', { active: 1 }, 'active'],
    ['an operator in metadata', { metadata: { $gt: '' } }, 'metadata'],
    ['an object in metadata', { metadata: { a: { $gt: '' } } }, 'metadata'],
    ['a list as metadata', { metadata: ['x'] }, 'metadata'],
    ['an id', { id: newObjectId() }, 'id'],
    ['an organization', { organizationId: newObjectId() }, 'organizationId'],
    ['a mode', { livemode: true }, 'livemode'],
    ['a mark of deletion', { deleted: true }, 'deleted'],
    ['a search key', { nameKey: 'x' }, 'nameKey'],
  ])('refuses %s', async (_name, wrong, field) => {
    expectRefusal(await create({ ...PLAN, ...wrong }), 400, 'validation_failed', field);
  });

  it('gives a sku to one product of the organization and mode', async () => {
    const sku = newSku();
    await created({ sku });
    expectRefusal(await create({ ...PLAN, sku }), 409, 'already_exists', 'sku');
    expect((await create({ ...PLAN, sku }, { key: otherKey })).status).toBe(201);
    expect((await create({ ...PLAN, sku }, { key: liveKey })).status).toBe(201);
    expect((await create(PLAN)).status).toBe(201);
  });

  it('lets one of many win who take the same sku at once', async () => {
    const sku = newSku();
    const answers = await Promise.all(Array.from({ length: 8 }, () => create({ ...PLAN, sku })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(7).fill(409)]);
    expect((await list(`?sku=${sku}`)).total).toBe(1);
  });

  it('repeats its answer for the same Idempotency-Key, also after a change', async () => {
    const headers = { 'idempotency-key': newObjectId() };
    const first = await create(PLAN, { headers });
    await update(first.body.id, { price: 1 });
    const second = await create(PLAN, { headers });
    expect(second).toMatchObject({ status: 201, body: first.body });
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expectRefusal(await create({ ...PLAN, price: 4901 }, { headers }), 422, 'idempotency_key_reused');
    expect((await create(PLAN, { headers, key: otherKey })).body.id).not.toBe(first.body.id);
  });

  it('makes one product of many requests with the same Idempotency-Key at once', async () => {
    const headers = { 'idempotency-key': newObjectId() };
    const answers = await Promise.all(Array.from({ length: 5 }, () => create(PLAN, { headers })));
    const ids = answers.filter(({ status }) => status === 201).map(({ body }) => body.id);
    expect(new Set(ids).size).toBe(1);
    expect(answers.every(({ status, body }) => status === 201 || body.code === 'request_in_progress')).toBe(true);
  });
});

describe('PUT /api/v1/products/:id', () => {
  it('changes what is given and nothing else', async () => {
    const before = await created({ sku: newSku(), description: 'Old', metadata: { a: 'x' } });
    const answer = await update(before.id, { price: 5900, active: false });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ ...before, price: 5900, active: false, updatedAt: expect.any(String) });
    expect((await call(`/${before.id}`)).body).toEqual(answer.body);
    expect((await trailOf(before.id))[0]).toMatchObject({
      action: 'product.updated',
      changes: [
        { field: 'active', before: true, after: false },
        { field: 'price', before: 4900, after: 5900 },
      ],
    });
  });

  it('removes optional fields that are sent empty', async () => {
    const whole = { description: 'x', amountType: 'net', taxRate: 19, sku: newSku(), imageUrl: 'https://shop.example/x.png' };
    const { id } = await created({ ...whole, metadata: { a: 'x' } });
    const { body } = await update(id, { description: '', amountType: null, taxRate: null, sku: '', imageUrl: null, metadata: {} });
    for (const field of Object.keys(whole)) expect(body).not.toHaveProperty(field);
    expect(body).toMatchObject({ name: PLAN.name, metadata: {} });
    expect((await create({ ...PLAN, sku: whole.sku })).status).toBe(201);
  });

  it('finds the product by its new name', async () => {
    const { id } = await created({ name: `Old ${newObjectId()}` });
    const name = `New ${newObjectId()}`;
    await update(id, { name });
    expect((await list(`?q=${encodeURIComponent(name)}`)).products.map((product) => product.id)).toEqual([id]);
  });

  it('records nothing when nothing changes', async () => {
    const product = await created();
    expect((await update(product.id, { price: product.price })).body).toEqual(product);
    expect((await update(product.id, {})).body).toEqual(product);
    expect(await trailOf(product.id)).toHaveLength(1);
  });

  it('keeps both of two changes at once', async () => {
    const { id } = await created();
    const answers = await Promise.all([update(id, { price: 1 }), update(id, { description: 'New' }), update(id, { taxRate: 7 })]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await call(`/${id}`)).body).toMatchObject({ price: 1, description: 'New', taxRate: 7 });
  });

  it('refuses the sku of another product', async () => {
    const taken = newSku();
    await created({ sku: taken });
    const { id } = await created({ sku: newSku() });
    expectRefusal(await update(id, { sku: taken }), 409, 'already_exists', 'sku');
  });

  it.each<[string, object, string]>([
    ['an empty name', { name: '' }, 'name'],
    ['null as name', { name: null }, 'name'],
    ['null as price', { price: null }, 'price'],
    ['a negative price', { price: -1 }, 'price'],
    ['a fraction', { price: 0.5 }, 'price'],
    ['null as currency', { currency: null }, 'currency'],
    ['an empty item type', { itemType: '' }, 'itemType'],
    ['null as active', { active: null }, 'active'],
    ['text as active', { active: 'false' }, 'active'],
    ['an operator as sku', { sku: { $gt: '' } }, 'sku'],
    ['an operator as tax rate', { taxRate: { $gt: 0 } }, 'taxRate'],
    ['an over-long description', { description: 'x'.repeat(2001) }, 'description'],
    ['an operator in metadata', { metadata: { $set: 'x' } }, 'metadata'],
    ['an organization', { organizationId: newObjectId() }, 'organizationId'],
    ['a mode', { livemode: true }, 'livemode'],
    ['a time', { createdAt: '2020-01-01T00:00:00Z' }, 'createdAt'],
  ])('refuses %s', async (_name, body, field) => {
    const { id } = await created();
    expectRefusal(await update(id, body), 400, 'validation_failed', field);
  });
});

describe('DELETE /api/v1/products/:id', () => {
  it('hides the product and frees its sku', async () => {
    const sku = newSku();
    const { id } = await created({ sku });
    expect((await remove(id)).status).toBe(204);
    expectRefusal(await call(`/${id}`), 404, 'product_not_found');
    expectRefusal(await update(id, { price: 1 }), 404, 'product_not_found');
    expectRefusal(await remove(id), 404, 'product_not_found');
    expect((await list(`?sku=${sku}`)).total).toBe(0);
    expect((await trailOf(id))[0]).toMatchObject({ action: 'product.deleted' });
    expect((await create({ ...PLAN, sku })).status).toBe(201);
  });
});

describe('what belongs to a tenant', () => {
  it.each<[string, (id: string, options: Call) => Promise<Answer>]>([
    ['reads', (id, options) => call(`/${id}`, options)],
    ['changes', (id, options) => update(id, { price: 1 }, options)],
    ['deletes', (id, options) => remove(id, options)],
  ])('nobody else %s', async (_name, act) => {
    const product = await created();
    for (const caller of [otherKey, liveKey]) expectRefusal(await act(product.id, { key: caller }), 404, 'product_not_found');
    for (const unknown of [newObjectId(), 'x', '%7B%22$gt%22:%22%22%7D']) expectRefusal(await act(unknown, {}), 404, 'product_not_found');
    expect((await call(`/${product.id}`)).body).toEqual(product);
  });

  it('is listed to nobody else', async () => {
    const { id } = await created();
    for (const caller of [otherKey, liveKey]) {
      expect((await list('?limit=100', caller)).products.map((product) => product.id)).not.toContain(id);
    }
  });
});

describe('GET /api/v1/products', () => {
  let mine: string;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    mine = await newKey((await stack.newMerchant()).scope);
    const products = [
      { name: 'Crème brûlée', price: 1, currency: 'EUR', sku: 'A-1' },
      { name: 'CREME caramel', price: 2, currency: 'USD', active: false },
      { name: 'Shirt (blue)', price: 3, currency: 'EUR', sku: 'a-1' },
    ];
    for (const product of products) ids[product.name] = (await create(product, { key: mine })).body.id;
  });

  it.each<[string, string[]]>([
    ['', ['Shirt (blue)', 'CREME caramel', 'Crème brûlée']],
    ['?active=true', ['Shirt (blue)', 'Crème brûlée']],
    ['?active=false', ['CREME caramel']],
    ['?currency=USD', ['CREME caramel']],
    ['?sku=A-1', ['Crème brûlée']],
    ['?q=creme', ['CREME caramel', 'Crème brûlée']],
    ['?q=Cr%C3%A8me%20B', ['Crème brûlée']],
    ['?q=creme&currency=EUR&active=true', ['Crème brûlée']],
    ['?q=shirt%20(', ['Shirt (blue)']],
    ['?q=brulee', []],
    ['?q=.*', []],
    ['?active=&currency=&sku=&q=', ['Shirt (blue)', 'CREME caramel', 'Crème brûlée']],
    ['?limit=1&page=2', ['CREME caramel']],
  ])('%p gives %j', async (query, names) => {
    expect((await list(query, mine)).products.map(({ name }) => name)).toEqual(names);
  });

  it('goes on where it ended', async () => {
    const first = await list('?limit=2', mine);
    expect(first).toMatchObject({ total: 3 });
    const second = await list(`?limit=2&cursor=${first.nextCursor ?? ''}`, mine);
    expect(second.products.map(({ id }) => id)).toEqual([ids['Crème brûlée']]);
    expect(second).not.toHaveProperty('nextCursor');
  });

  it.each([
    ['active=yes', 'active'],
    ['active=1', 'active'],
    ['active[$ne]=true', 'active[$ne]'],
    ['currency=eur', 'currency'],
    ['sku[$gt]=', 'sku[$gt]'],
    [`sku=${'x'.repeat(101)}`, 'sku'],
    ['q=a&q=b', 'q'],
    [`q=${'x'.repeat(201)}`, 'q'],
    ['q=%00', 'q'],
    ['name=x', 'name'],
    ['limit=0', 'limit'],
    ['livemode=true', 'livemode'],
  ])('refuses ?%s', async (query, field) => {
    expectRefusal(await call(`?${query}`, { key: mine }), 400, 'validation_failed', field);
  });
});
