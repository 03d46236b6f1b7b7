import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newObjectId } from '@paygate/kernel';
import {
  createEndpoint,
  deleteEndpoint,
  disableEndpoint,
  enableEndpoint,
  getEndpoint,
  listEndpoints,
  rotateEndpointSecret,
  updateEndpoint,
} from '@paygate/messages';
import type { CreateEndpointCommand, EndpointWithSecret, RequestContract } from '@paygate/messages';
import { stopService } from '@paygate/nest-kit';
import { startTestInfrastructure } from '@paygate/testing';
import type { TestInfrastructure } from '@paygate/testing';
import { generateSigningSecret } from '@paygate/webhook-protocol';
import mongoose from 'mongoose';
import { dispatcherConfig, startDispatcher, Surroundings } from './dispatcher-fixture.js';
import type { DispatcherConfig } from '../src/dispatcher-config.js';

let infrastructure: TestInfrastructure;
let config: DispatcherConfig;
let surroundings: Surroundings;
let app: NestFastifyApplication;

beforeAll(async () => {
  infrastructure = await startTestInfrastructure({ nats: true, redis: true, mongo: true });
  config = dispatcherConfig(infrastructure);
  surroundings = await Surroundings.start(config);
  app = await startDispatcher(config);
}, 60_000);
afterAll(async () => {
  await stopService(app, 1_000);
  await surroundings.stop();
  await infrastructure.stop();
});

const ask = <Q extends object, R extends object>(contract: RequestContract<Q, R>, request: object, organizationId?: string): Promise<R> =>
  surroundings.rpc.request(contract, {
    organizationId: organizationId ?? surroundings.organizationId,
    livemode: false,
    ...request,
  } as unknown as Q);

const create = (given: Partial<CreateEndpointCommand> = {}): Promise<EndpointWithSecret> =>
  ask(createEndpoint, { family: 'merchant_webhook', url: 'https://shop.example/hooks', ...given });

describe('an endpoint', () => {
  it('is created with a secret that is shown once, and keeps nothing readable', async () => {
    const credentials = { username: 'shop', password: 'pass-in-clear' };
    const headers = [{ name: 'X-Shop', value: 'value-in-clear' }];
    const { secret, ...created } = await create({ description: 'Shop', events: ['refund.status_changed'], headers, credentials });
    expect(secret).toMatch(/^whsec_/);
    expect(created).toMatchObject({
      ...{ endpointId: expect.stringMatching(/^we_/), family: 'merchant_webhook', state: 'enabled', events: ['refund.status_changed'] },
      ...{ headers: [{ name: 'X-Shop' }], username: 'shop', health: { condition: 'ok', consecutiveFailures: 0 } },
    });
    expect(await ask(getEndpoint, { endpointId: created.endpointId })).toEqual(created);
    const connection = await mongoose.createConnection(config.MONGODB_URI, { dbName: config.MONGODB_DATABASE }).asPromise();
    const stored = JSON.stringify(await connection.collection('endpoints').find().toArray());
    await connection.close();
    for (const readable of [secret, secret.slice(6), 'pass-in-clear', 'value-in-clear']) expect(stored).not.toContain(readable);
  });

  it('is changed field by field, and headers keep the values that are not given', async () => {
    const headers = [{ name: 'X-Shop', value: '1' }];
    const { endpointId, url } = await create({ description: 'Shop', headers });
    const change = (given: object) => ask(updateEndpoint, { endpointId, ...given });
    expect(await change({ description: null })).toMatchObject({ url, headers: [{ name: 'X-Shop' }] });
    expect(await change({ url: 'https://other.example/', events: ['*'] })).toMatchObject({ url: 'https://other.example/' });
    expect(await change({ headers: [{ name: 'x-shop' }, { name: 'x-new', value: '2' }] })).toMatchObject({
      headers: [{ name: 'x-shop' }, { name: 'x-new' }],
    });
    await expect(change({ headers: [{ name: 'x-unknown' }] })).rejects.toMatchObject({ code: 'validation_failed' });
    await expect(change({ events: ['payment_succeeded'] })).rejects.toMatchObject({ code: 'validation_failed' });
    await expect(change({ url: 'ftp://shop.example/' })).rejects.toMatchObject({ code: 'validation_failed' });
    expect((await ask(getEndpoint, { endpointId })).description).toBeUndefined();
  });

  it('has one secret beside the replaced one, which signs for 24 hours, or not at all', async () => {
    const { endpointId, secret } = await create();
    const rotated = await ask(rotateEndpointSecret, { endpointId });
    expect(rotated.secret).not.toBe(secret);
    expect(rotated.secretPreview).toBe(rotated.secret.slice(-4));
    const hours = (Date.parse(rotated.previousSecretValidUntil!) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(23.9);
    expect(hours).toBeLessThanOrEqual(24);
    const own = generateSigningSecret();
    const leaked = await ask(rotateEndpointSecret, { endpointId, overlapHours: 0, secret: own });
    expect(leaked.secret).toBe(own);
    expect(leaked.previousSecretValidUntil).toBeUndefined();
    await expect(ask(rotateEndpointSecret, { endpointId, secret: 'x'.repeat(40) })).rejects.toMatchObject({ code: 'validation_failed' });
  });

  it('is disabled, enabled and deleted', async () => {
    const { endpointId } = await create();
    expect(await ask(disableEndpoint, { endpointId })).toMatchObject({ state: 'disabled', disabledReason: 'manual' });
    const enabled = await ask(enableEndpoint, { endpointId });
    expect(enabled).toMatchObject({ state: 'enabled' });
    expect(enabled.disabledAt).toBeUndefined();
    await ask(deleteEndpoint, { endpointId });
    for (const contract of [getEndpoint, enableEndpoint, disableEndpoint, deleteEndpoint]) {
      await expect(ask(contract, { endpointId })).rejects.toMatchObject({ code: 'endpoint_not_found' });
    }
  });

  it('is its owner’s, in its mode', async () => {
    const { endpointId } = await create();
    const stranger = newObjectId();
    for (const contract of [getEndpoint, updateEndpoint, rotateEndpointSecret, enableEndpoint, disableEndpoint, deleteEndpoint]) {
      await expect(ask(contract, { endpointId }, stranger)).rejects.toMatchObject({ code: 'endpoint_not_found' });
      await expect(ask(contract, { endpointId, livemode: true })).rejects.toMatchObject({ code: 'endpoint_not_found' });
    }
    expect((await ask(listEndpoints, { page: 1, limit: 10 }, stranger)).total).toBe(0);
    expect(await ask(getEndpoint, { endpointId })).toMatchObject({ state: 'enabled' });
  });

  it('has a place of its own where an organization has one', async () => {
    const [first, second] = await Promise.allSettled([create({ slot: 'merchant' }), create({ slot: 'merchant' })]);
    expect([first.status, second.status].sort()).toEqual(['fulfilled', 'rejected']);
    await expect(create({ slot: 'merchant' })).rejects.toMatchObject({ code: 'already_exists' });
    await create({ slot: 'panel', family: 'panel_webhook' });
    const page = await ask(listEndpoints, { page: 1, limit: 10, slot: 'merchant' });
    expect(page.items.map(({ slot, state }) => [slot, state])).toEqual([['merchant', 'enabled']]);
    expect((await ask(listEndpoints, { page: 1, limit: 10, family: 'panel_webhook' })).total).toBe(1);
  });
});
