import { Injectable } from '@nestjs/common';
import { Transactions } from '@paygate/data-kit';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { impliesPayment } from '../deliveries/index.js';
import type { DeliveryRow } from '../deliveries/index.js';
import { EndpointsRepository } from '../endpoints/index.js';
import { WakeUps } from '../sending/index.js';
import { ResendingRepository } from './resending.repository.js';

/**
 * Puts a finished notification on its way again, with the same id and bytes. The rules of sending hold as for the first time: an
 * older state never follows a newer one, and once an order is paid nothing negative is told.
 */
@Injectable()
export class ResendDelivery {
  constructor(
    private readonly transactions: Transactions,
    private readonly repository: ResendingRepository,
    private readonly endpoints: EndpointsRepository,
    private readonly wakeUps: WakeUps,
  ) {}

  /**
   * @throws DomainError `delivery_not_found`; `delivery_overtaken` when a newer state of the transaction, or a payment of the same
   *   order, has taken its place; `delivery_not_final` while it is on the wire or waits for an older one; `delivery_expired`, `endpoint_disabled`,
   *   `endpoint_not_found` when nothing can be sent there any more
   */
  async execute(scope: TenantScope, deliveryId: string): Promise<DeliveryRow> {
    const delivery = await this.transactions.run(async (session) => {
      const now = new Date();
      const found = await this.repository.find(scope, deliveryId, session);
      if (!found) throw new DomainError('delivery_not_found');
      // Written, not only read: a change of the order at the same time makes one of the two start anew.
      const reference = await this.repository.touchReference(found.referenceKey, now, session);
      const orderedBy = found.refundId ?? found.transactionId;
      const seen = reference?.transactions.find(({ id }) => id === orderedBy)?.seen ?? 0;
      const isOvertaken = found.state === 'superseded' || found.obsolete === true || seen > found.eventVersion;
      if (isOvertaken || (reference?.paid === true && !impliesPayment(found.status))) throw new DomainError('delivery_overtaken');
      if (found.state === 'sending' || (found.waitsFor ?? null) !== null) throw new DomainError('delivery_not_final');
      if (!(await this.repository.hasContent(scope, found, session))) throw new DomainError('delivery_expired');
      if (found.endpointId !== undefined) {
        const endpoint = await this.endpoints.find(scope, found.endpointId, session);
        if (endpoint.state === 'disabled') throw new DomainError('endpoint_disabled');
      }
      const scheduled = await this.repository.schedule(scope, found, now, session);
      if (!scheduled) throw new DomainError('delivery_not_final');
      return scheduled;
    });
    this.wakeUps.now();
    return delivery;
  }
}
