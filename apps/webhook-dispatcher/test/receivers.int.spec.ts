import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newObjectId } from '@paygate/kernel';
import { createEndpoint, enableEndpoint, getEndpoint, listDeliveries, listEndpoints, resendDelivery } from '@paygate/messages';
import type { DeliveryView, EndpointView, RequestContract } from '@paygate/messages';
import { stopService } from '@paygate/nest-kit';
import { eventually, IpnReceiver, startTestInfrastructure } from '@paygate/testing';
import type { TestInfrastructure } from '@paygate/testing';
import mongoose from 'mongoose';
import { createDispatcher } from '../src/dispatcher-options.js';
import type { DispatcherConfig } from '../src/dispatcher-config.js';
import { HEALTH_POLICY } from '../src/endpoints/endpoint-health.js';
import type { HealthPolicy } from '../src/endpoints/endpoint-health.js';
import { dispatcherConfig, Surroundings } from './dispatcher-fixture.js';

let infrastructure: TestInfrastructure;
let config: DispatcherConfig;
let surroundings: Surroundings;
let receiver: IpnReceiver;
/** What the clock that receivers are judged by is ahead. */
let aheadMs = 0;

const LONG_MS = 600_000;
/** Long enough for several requests to meet, if several were made. */
const ANSWER_MS = 300;
const PATIENCE = { timeoutMs: 20_000 };

beforeAll(async () => {
  infrastructure = await startTestInfrastructure({ nats: true, redis: true, mongo: true });
  config = dispatcherConfig(infrastructure);
  [surroundings, receiver] = await Promise.all([Surroundings.start(config), IpnReceiver.start()]);
}, 60_000);
afterEach(() => receiver.reply({}));
afterAll(async () => {
  await surroundings.stop();
  await receiver.stop();
  await infrastructure.stop();
});

async function withDispatcher(policy: Partial<HealthPolicy>, retrySchedule: number[], work: () => Promise<void>): Promise<void> {
  const clock = { now: () => new Date(Date.now() + aheadMs) };
  const app = await createDispatcher(config, { retrySchedule, health: { policy: { ...HEALTH_POLICY, ...policy }, clock } });
  await app.listen(0);
  await app.startAllMicroservices();
  try {
    await work();
  } finally {
    await stopService(app, 1_000);
  }
}

/** A merchant with one endpoint. */
class Merchant {
  readonly organizationId = newObjectId();
  readonly path = `/hooks/${newObjectId()}`;
  endpointId = '';

  async register(): Promise<void> {
    const { endpointId } = await this.ask(createEndpoint, { family: 'merchant_webhook', url: receiver.url + this.path });
    this.endpointId = endpointId;
  }

  ask<Q extends object, R extends object>(contract: RequestContract<Q, R>, request: object): Promise<R> {
    return surroundings.rpc.request(contract, { organizationId: this.organizationId, livemode: false, ...request } as unknown as Q);
  }

  /** Of another payment each time. */
  tell(status: 'pending_provider' | 'failed' | 'succeeded'): Promise<unknown> {
    return surroundings.tell({ organizationId: this.organizationId, status, eventVersion: 2 });
  }

  get requests(): number {
    return receiver.requests.filter(({ path }) => path === this.path).length;
  }

  endpoint(): Promise<EndpointView> {
    return this.ask(getEndpoint, { endpointId: this.endpointId });
  }

  async deliveries(): Promise<DeliveryView[]> {
    return (await this.ask(listDeliveries, { page: 1, limit: 50, endpointId: this.endpointId })).items;
  }

  isPaused(): Promise<EndpointView> {
    return eventually(async () => {
      const endpoint = await this.endpoint();
      expect(endpoint.health.condition).toBe('paused');
      return endpoint;
    }, PATIENCE);
  }

  reached(count: number, state: DeliveryView['state']): Promise<DeliveryView[]> {
    return eventually(async () => {
      const deliveries = await this.deliveries();
      expect(deliveries.map((delivery) => delivery.state)).toEqual(Array.from({ length: count }, () => state));
      return deliveries;
    }, PATIENCE);
  }
}

const SOON = { outagesToOpen: 3, outageMs: 0 };

describe('a receiver that is out of order', () => {
  it('gets nothing during its pause, and what waits uses up no attempt; a success goes out at once and ends the pause', async () => {
    await withDispatcher({ ...SOON, firstPauseMs: LONG_MS }, [0, 0.2, 0.2, 0.2, 0.2, 0.2], async () => {
      const merchant = new Merchant();
      await merchant.register();
      receiver.reply({ status: 500 });
      await merchant.tell('failed');
      const { health } = await merchant.isPaused();
      expect(Date.parse(health.pausedUntil!) - Date.now()).toBeGreaterThan(LONG_MS / 2);
      await Promise.all([merchant.tell('pending_provider'), merchant.tell('failed')]);
      await eventually(async () => {
        const waiting = await merchant.deliveries();
        expect(waiting).toHaveLength(3);
        for (const { state, nextAttemptAt } of waiting) expect([state, nextAttemptAt]).toEqual(['scheduled', health.pausedUntil]);
      }, PATIENCE);
      const counts = (await merchant.deliveries()).map(({ attemptCount }) => attemptCount);
      expect(counts.sort()).toEqual([0, 0, 3]);
      expect(merchant.requests).toBe(3);
      receiver.reply({});
      await merchant.tell('succeeded');
      const deliveries = await merchant.reached(4, 'delivered');
      expect(deliveries.map(({ attemptCount }) => attemptCount).sort()).toEqual([1, 1, 1, 4]);
      expect((await merchant.endpoint()).health).toMatchObject({ condition: 'ok', consecutiveFailures: 0 });
    });
  }, 60_000);

  it('is tried by one notification after its pause, and gets all the others when it works again', async () => {
    await withDispatcher({ ...SOON, firstPauseMs: 1_000, longestPauseMs: 1_000 }, [0, 0.1, ...Array<number>(20).fill(0.1)], async () => {
      const merchant = new Merchant();
      await merchant.register();
      receiver.reply({ status: 503 });
      await Promise.all(Array.from({ length: 6 }, () => merchant.tell('failed')));
      await merchant.isPaused();
      // Whatever was on the wire when the circuit opened has ended.
      await eventually(async () => expect((await merchant.deliveries()).every(({ state }) => state === 'scheduled')).toBe(true), PATIENCE);
      let [onTheWire, most, tries] = [0, 0, 0];
      receiver.reply(() => {
        most = Math.max(most, ++onTheWire);
        tries += 1;
        setTimeout(() => (onTheWire -= 1), ANSWER_MS);
        return { status: 503, delayMs: ANSWER_MS };
      });
      await eventually(() => expect(tries).toBeGreaterThanOrEqual(2), PATIENCE);
      expect(most).toBe(1);
      receiver.reply({});
      await merchant.reached(6, 'delivered');
    });
  }, 60_000);

  it('of one site pauses nobody else', async () => {
    await withDispatcher({ ...SOON, firstPauseMs: LONG_MS }, [0, 0.1, 0.1, 0.1, 0.1], async () => {
      const [broken, sound] = [new Merchant(), new Merchant()];
      await Promise.all([broken.register(), sound.register()]);
      receiver.reply(({ path }) => ({ status: path === broken.path ? 500 : 200 }));
      await broken.tell('failed');
      await broken.isPaused();
      await sound.tell('failed');
      await sound.reached(1, 'delivered');
    });
  }, 60_000);
});

describe('a receiver that does not come back', () => {
  it('is disabled after five days of failures; the other services are told, and the merchant can go on from there', async () => {
    await withDispatcher({}, [0, 0.2, 600], async () => {
      const merchant = new Merchant();
      await merchant.register();
      const family = 'merchant_webhook';
      for (const [place, events] of Object.entries({ silent: ['payout.status_changed'], told: ['endpoint.disabled'] })) {
        await merchant.ask(createEndpoint, { family, url: `${receiver.url}${merchant.path}/${place}`, events });
      }
      receiver.reply(({ path }) => ({ status: path === merchant.path ? 404 : 200 }));
      await merchant.tell('failed');
      await eventually(async () => expect((await merchant.endpoint()).health.consecutiveFailures).toBe(2), PATIENCE);
      aheadMs += 5 * 24 * 3_600_000;
      await merchant.tell('pending_provider');
      await eventually(
        async () => expect(await merchant.endpoint()).toMatchObject({ state: 'disabled', disabledReason: 'failing' }),
        PATIENCE,
      );
      const dead = await merchant.reached(2, 'dead');
      expect(dead.map(({ lastError }) => lastError)).toEqual(['endpoint_disabled', 'endpoint_disabled']);
      const connection = await mongoose.createConnection(config.MONGODB_URI, { dbName: config.MONGODB_DATABASE }).asPromise();
      const told = await connection.collection('outbox').find({ subject: 'dispatch.event.endpoint.disabled.v1' }).toArray();
      await connection.close();
      expect(told).toMatchObject([{ payload: { endpointId: merchant.endpointId, reason: 'failing', consecutiveFailures: 3 } }]);
      const notice = await receiver.next(({ path }) => path.startsWith(merchant.path) && path !== merchant.path, PATIENCE.timeoutMs);
      expect([notice.path, notice.headers['x-webhook-event']]).toEqual([`${merchant.path}/told`, 'endpoint.disabled']);
      expect(JSON.parse(notice.rawBody.toString())).toMatchObject({
        ...{
          endpoint_id: merchant.endpointId,
          site_id: null,
          url: receiver.url + merchant.path,
          reason: 'failing',
          consecutive_failures: 3,
        },
      });
      receiver.reply({});
      expect(await merchant.ask(enableEndpoint, { endpointId: merchant.endpointId })).toMatchObject({
        state: 'enabled',
        health: { condition: 'ok', consecutiveFailures: 0 },
      });
      for (const { deliveryId } of dead) await merchant.ask(resendDelivery, { deliveryId });
      await merchant.reached(2, 'delivered');
    });
  }, 60_000);

  it('is disabled when it says of three notifications that it is gone, also one of a site', async () => {
    await withDispatcher({}, [0, 600], async () => {
      receiver.reply({ status: 410 });
      const siteId = await surroundings.putSite({ id: newObjectId() });
      const endpoint = () =>
        surroundings.rpc.request(listEndpoints, {
          organizationId: surroundings.organizationId,
          livemode: false,
          siteId,
          page: 1,
          limit: 5,
        });
      const ipnUrl = `${receiver.url}/gone`;
      for (const failures of [1, 2]) {
        await surroundings.tell({ status: 'succeeded', eventVersion: 2, ipnUrl }, siteId);
        await eventually(async () => {
          expect((await endpoint()).items).toMatchObject([{ state: 'enabled', health: { consecutiveFailures: failures } }]);
        }, PATIENCE);
      }
      await surroundings.tell({ status: 'succeeded', eventVersion: 2, ipnUrl }, siteId);
      await eventually(
        async () => expect((await endpoint()).items).toMatchObject([{ state: 'disabled', disabledReason: 'gone' }]),
        PATIENCE,
      );
    });
  }, 60_000);
});
