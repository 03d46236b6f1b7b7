import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Outbox, Transactions } from '@paygate/data-kit';
import { endpointDisabled } from '@paygate/messages';
import { Model } from 'mongoose';
import { DELIVERY_MODEL, NativeCollection } from '../deliveries/index.js';
import type { DeliveryRow } from '../deliveries/index.js';
import { NEVER_WAITS } from './circuit.js';
import type { EndpointHealth } from './endpoint-health.js';
import { ENDPOINT_MODEL } from './endpoint.schema.js';
import type { EndpointRow } from './endpoint.schema.js';

export type OpenCircuit = Pick<EndpointRow, '_id' | 'origin'> & { openUntil: Date };

/**
 * What is known of receivers, and what follows from it for their deliveries. Works for all tenants at once and answers no caller;
 * every change repeats its condition in the write, so any number of instances can run side by side.
 */
@Injectable()
export class EndpointHealthStore {
  private readonly endpoints: NativeCollection<EndpointRow>;
  private readonly deliveries: NativeCollection<DeliveryRow>;

  constructor(
    @InjectModel(ENDPOINT_MODEL) endpoints: Model<EndpointRow>,
    @InjectModel(DELIVERY_MODEL) deliveries: Model<DeliveryRow>,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
  ) {
    this.endpoints = new NativeCollection(endpoints);
    this.deliveries = new NativeCollection(deliveries);
  }

  async read(endpointIds: string[]): Promise<EndpointRow[]> {
    return this.endpoints.documents.find({ _id: { $in: endpointIds } }).toArray();
  }

  /** False when it was changed since it was read. */
  async write({ _id, health: { revision } }: EndpointRow, health: EndpointHealth): Promise<boolean> {
    const { matchedCount } = await this.endpoints.documents.updateOne({ _id, 'health.revision': revision }, { $set: { health } });
    return matchedCount > 0;
  }

  async countDisabled(): Promise<number> {
    return this.endpoints.documents.countDocuments({ state: 'disabled' });
  }

  async openCircuits(): Promise<OpenCircuit[]> {
    const rows = await this.endpoints.documents
      .find({ 'health.openUntil': { $gt: new Date(0) } }, { projection: { origin: 1, 'health.openUntil': 1 } })
      .toArray();
    return rows.flatMap(({ _id, origin, health }) => (health.openUntil ? [{ _id, origin, openUntil: health.openUntil }] : []));
  }

  /** Makes this claim the one that tries the receiver. Until then no other one does. False when another was first. */
  async claimProbe(endpointId: string, claim: string, now: Date, until: Date): Promise<boolean> {
    const { matchedCount } = await this.endpoints.documents.updateOne(
      { _id: endpointId, 'health.openUntil': { $gt: new Date(0), $lte: now } },
      { $set: { 'health.openUntil': until, 'health.probe': claim }, $inc: { 'health.revision': 1 } },
    );
    return matchedCount > 0;
  }

  /** The claim tries nothing after all: somebody else may at once. */
  async giveUpProbe(endpointId: string, claim: string, now: Date): Promise<void> {
    await this.endpoints.documents.updateOne(
      { _id: endpointId, 'health.probe': claim },
      { $set: { 'health.openUntil': now, 'health.probe': null }, $inc: { 'health.revision': 1 } },
    );
  }

  /** What falls due while the circuit is open waits for its end, without an attempt. */
  async hold({ _id, origin, openUntil }: OpenCircuit): Promise<void> {
    await this.deliveries.documents.updateMany(
      { state: 'scheduled', nextAttemptAt: { $lt: openUntil }, origin, endpointId: _id, $nor: NEVER_WAITS },
      [{ $set: { heldFrom: { $ifNull: ['$heldFrom', '$nextAttemptAt'] }, nextAttemptAt: openUntil } }],
    );
  }

  /** What was held is due when it was due before, or now. */
  async release({ _id, origin }: Pick<EndpointRow, '_id' | 'origin'>, now: Date): Promise<void> {
    await this.deliveries.documents.updateMany(
      { state: 'scheduled', nextAttemptAt: { $gt: new Date(0) }, origin, endpointId: _id, heldFrom: { $gt: new Date(0) } },
      [{ $set: { nextAttemptAt: { $max: ['$heldFrom', now] } } }, { $unset: 'heldFrom' }],
    );
  }

  /** Disables it, tells the other services, and gives up what waits. False when somebody was first. */
  async disable(endpoint: EndpointRow, reason: 'failing' | 'gone', health: EndpointHealth, now: Date): Promise<boolean> {
    const { _id, organizationId, livemode, family, url, siteId } = endpoint;
    const isDisabled = await this.transactions.run(async (session) => {
      const { matchedCount } = await this.endpoints.documents.updateOne(
        { _id, state: 'enabled' },
        { $set: { state: 'disabled', disabledReason: reason, disabledAt: now, updatedAt: now } },
        { session },
      );
      if (matchedCount === 0) return false;
      const failingSince = (health.failingSince ?? now).toISOString();
      const about = { organizationId, livemode, endpointId: _id, family, url, siteId };
      const facts = { reason, disabledAt: now.toISOString(), failingSince, consecutiveFailures: Math.max(1, health.failures) };
      await this.outbox.add(session, endpointDisabled, { ...about, ...facts }, { orderingKey: _id });
      return true;
    });
    if (isDisabled) await this.giveUp(endpoint, now);
    return isDisabled;
  }

  private async giveUp({ _id, origin }: EndpointRow, now: Date): Promise<void> {
    await this.deliveries.documents.updateMany(
      { state: 'scheduled', origin, endpointId: _id },
      {
        $set: { state: 'dead', lastError: 'endpoint_disabled', nextAttemptAt: null, waitsFor: null, updatedAt: now },
        $unset: { heldFrom: 1 },
      },
    );
  }
}
