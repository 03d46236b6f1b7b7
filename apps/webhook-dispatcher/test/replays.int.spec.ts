import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newObjectId } from '@paygate/kernel';
import {
  cancelReplay,
  createEndpoint,
  createReplay,
  disableEndpoint,
  enableEndpoint,
  endpointStatistics,
  getReplay,
  listDeliveries,
  listReplays,
  testEndpoint,
} from '@paygate/messages';
import type { DeliveryState, DeliveryView, ReplayState, ReplayView, RequestContract } from '@paygate/messages';
import { stopService } from '@paygate/nest-kit';
import { eventually, IpnReceiver, startTestInfrastructure } from '@paygate/testing';
import type { TestInfrastructure } from '@paygate/testing';
import { dispatcherConfig, startDispatcher, Surroundings } from './dispatcher-fixture.js';
import type { DispatcherConfig } from '../src/dispatcher-config.js';

let infrastructure: TestInfrastructure;
let config: DispatcherConfig;
let surroundings: Surroundings;
let app: NestFastifyApplication;
let receiver: IpnReceiver;

const PATIENCE = { timeoutMs: 20_000 };

beforeAll(async () => {
  infrastructure = await startTestInfrastructure({ nats: true, redis: true, mongo: true });
  config = dispatcherConfig(infrastructure);
  [surroundings, receiver] = await Promise.all([Surroundings.start(config), IpnReceiver.start()]);
  // A single attempt: what is refused once is dead.
  app = await startDispatcher(config, [0]);
}, 60_000);
afterEach(() => receiver.reply({}));
afterAll(async () => {
  await stopService(app, 1_000);
  await surroundings.stop();
  await receiver.stop();
  await infrastructure.stop();
});

class Merchant {
  readonly organizationId = newObjectId();
  readonly path = `/hooks/${newObjectId()}`;
  endpointId = '';

  static async withFailed(count: number): Promise<Merchant> {
    const merchant = new Merchant();
    const { endpointId } = await merchant.ask(createEndpoint, { family: 'merchant_webhook', url: receiver.url + merchant.path });
    merchant.endpointId = endpointId;
    receiver.reply({ status: 404 });
    for (let i = 0; i < count; i++) await merchant.tell('succeeded', 2);
    await merchant.reached({ dead: count });
    receiver.reply({});
    return merchant;
  }

  ask<Q extends object, R extends object>(contract: RequestContract<Q, R>, request: object = {}): Promise<R> {
    const base = { organizationId: this.organizationId, livemode: false, endpointId: this.endpointId };
    return surroundings.rpc.request(contract, { ...base, ...request } as unknown as Q);
  }

  tell(status: 'succeeded' | 'refunded', eventVersion: number, transactionId = newObjectId()): Promise<unknown> {
    return surroundings.tell({ organizationId: this.organizationId, transactionId, checkoutId: transactionId, status, eventVersion });
  }

  get requests(): number {
    return receiver.requests.filter(({ path }) => path === this.path).length;
  }

  async deliveries(): Promise<DeliveryView[]> {
    return (await this.ask(listDeliveries, { page: 1, limit: 100 })).items;
  }

  reached(expected: Partial<Record<DeliveryState, number>>): Promise<DeliveryView[]> {
    return eventually(async () => {
      const deliveries = await this.deliveries();
      const counts: Partial<Record<DeliveryState, number>> = {};
      for (const { state } of deliveries) counts[state] = (counts[state] ?? 0) + 1;
      expect(counts).toEqual(expected);
      return deliveries;
    }, PATIENCE);
  }

  replay(given: object = {}): Promise<ReplayView> {
    return this.ask(createReplay, { selection: 'failed', ratePerSecond: 200, ...given });
  }

  ended(replayId: string, state: ReplayState): Promise<ReplayView> {
    return eventually(async () => {
      const replay = await this.ask(getReplay, { replayId });
      expect(replay.state).toBe(state);
      return replay;
    }, PATIENCE);
  }
}

describe('a replay', () => {
  it('sends what failed once more, and tests and what arrived are left alone', async () => {
    const merchant = await Merchant.withFailed(25);
    receiver.reply({ status: 404 });
    await merchant.ask(testEndpoint);
    await merchant.reached({ dead: 26 });
    receiver.reply({});
    await merchant.tell('succeeded', 2);
    await merchant.reached({ dead: 26, delivered: 1 });
    const { replayId } = await merchant.replay();
    const replay = await merchant.ended(replayId, 'completed');
    expect(replay).toMatchObject({ resent: 25, skipped: 0, selection: 'failed' });
    expect(replay.finishedAt).toBeDefined();
    const deliveries = await merchant.reached({ dead: 1, delivered: 26 });
    expect(deliveries.find(({ state }) => state === 'dead')?.event).toBe('webhook.test');
    expect(merchant.requests).toBe(26 + 1 + 25);
  });

  it('of a range sends all of it again, but nothing that a newer state has overtaken', async () => {
    const merchant = await Merchant.withFailed(2);
    const transactionId = newObjectId();
    await merchant.tell('succeeded', 2, transactionId);
    const before = await merchant.reached({ dead: 2, delivered: 1 });
    await merchant.tell('refunded', 3, transactionId);
    await merchant.reached({ dead: 2, delivered: 2 });
    const from = before.find(({ state }) => state === 'delivered')!.createdAt;
    const { replayId } = await merchant.replay({ selection: 'all', from });
    expect(await merchant.ended(replayId, 'completed')).toMatchObject({ resent: 1, skipped: 1, from });
    await eventually(() => expect(merchant.requests).toBe(5), PATIENCE);
    const past = await merchant.replay({ selection: 'all', to: '2026-01-01T00:00:00.000Z' });
    expect(await merchant.ended(past.replayId, 'completed')).toMatchObject({ resent: 0, skipped: 0 });
    await expect(merchant.replay({ from: '2126-01-01T00:00:00.000Z' })).rejects.toMatchObject({ code: 'validation_failed' });
  });

  it('is one at a time, goes on after a restart, and can be cancelled', async () => {
    const merchant = await Merchant.withFailed(8);
    const { replayId } = await merchant.replay({ ratePerSecond: 1 });
    await expect(merchant.replay()).rejects.toMatchObject({ code: 'replay_running' });
    const progressed = (resent: number) =>
      eventually(async () => {
        expect((await merchant.ask(getReplay, { replayId })).resent).toBeGreaterThanOrEqual(resent);
      }, PATIENCE);
    await progressed(1);
    await stopService(app, 1_000);
    app = await startDispatcher(config, [0]);
    await progressed(2);
    const cancelled = await merchant.ask(cancelReplay, { replayId });
    expect(cancelled.state).toBe('cancelled');
    expect(cancelled.resent).toBeLessThan(8);
    expect(await merchant.ask(cancelReplay, { replayId })).toMatchObject({ state: 'cancelled', finishedAt: cancelled.finishedAt });
    const rest = await merchant.replay();
    const { resent } = await merchant.ended(rest.replayId, 'completed');
    await merchant.reached({ delivered: 8 });
    expect(resent).toBeGreaterThan(0);
    expect(merchant.requests).toBe(16);
    const list = await merchant.ask(listReplays, { page: 1, limit: 10 });
    expect(list.items.map(({ state }) => state)).toEqual(['completed', 'cancelled']);
  }, 60_000);

  it('ends when its endpoint is disabled, and does not begin before it is enabled', async () => {
    const merchant = await Merchant.withFailed(5);
    const { replayId } = await merchant.replay({ ratePerSecond: 1 });
    await merchant.ask(disableEndpoint);
    await merchant.ended(replayId, 'cancelled');
    await expect(merchant.replay()).rejects.toMatchObject({ code: 'endpoint_disabled' });
    await merchant.ask(enableEndpoint);
    const again = await merchant.replay();
    await merchant.ended(again.replayId, 'completed');
    await merchant.reached({ delivered: 5 });
  });

  it('is its owner’s, in its mode', async () => {
    const merchant = await Merchant.withFailed(1);
    const { replayId } = await merchant.replay();
    const strangers = [{ organizationId: newObjectId() }, { livemode: true }];
    for (const stranger of strangers) {
      await expect(merchant.ask(getReplay, { replayId, ...stranger })).rejects.toMatchObject({ code: 'replay_not_found' });
      await expect(merchant.ask(cancelReplay, { replayId, ...stranger })).rejects.toMatchObject({ code: 'replay_not_found' });
      await expect(merchant.replay(stranger)).rejects.toMatchObject({ code: 'endpoint_not_found' });
      expect((await merchant.ask(listReplays, { page: 1, limit: 10, ...stranger })).total).toBe(0);
    }
  });
});

describe('statistics of an endpoint', () => {
  it('count deliveries and attempts and know how long answers take', async () => {
    const merchant = await Merchant.withFailed(3);
    await merchant.tell('succeeded', 2);
    await merchant.reached({ dead: 3, delivered: 1 });
    const figures = await merchant.ask(endpointStatistics);
    expect(figures).toMatchObject({
      deliveries: { scheduled: 0, sending: 0, delivered: 1, dead: 3, superseded: 0 },
      ...{ attempts: 4, failedAttempts: 3, successRatio: 0.25 },
    });
    expect(figures.p50DurationMs).toBeLessThanOrEqual(figures.p95DurationMs!);
    expect(figures.oldestDueAt).toBeUndefined();
    const earlier = await merchant.ask(endpointStatistics, { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' });
    expect(earlier).toMatchObject({ attempts: 0, deliveries: { dead: 0 } });
    expect(earlier.successRatio).toBeUndefined();
    await expect(merchant.ask(endpointStatistics, { from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' })).rejects.toMatchObject({
      code: 'validation_failed',
    });
    await expect(merchant.ask(endpointStatistics, { organizationId: newObjectId() })).rejects.toMatchObject({ code: 'endpoint_not_found' });
  });
});
