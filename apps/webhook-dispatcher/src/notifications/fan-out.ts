import { Injectable, Logger } from '@nestjs/common';
import { EndpointDirectory } from '../endpoints/index.js';
import type { SiteReceiver } from '../endpoints/index.js';
import type { AnnouncedChange, Announcement } from './announced-change.js';

/** One event with all that is announced because of it. */
export interface FannedOutChange {
  eventId: string;
  announcements: Announcement[];
}

/** Finds out who is told of a status change: the site, and every endpoint that subscribes to it. */
@Injectable()
export class FanOut {
  private readonly logger = new Logger('fan-out');

  constructor(private readonly directory: EndpointDirectory) {}

  async execute(changes: readonly AnnouncedChange[], now: Date): Promise<FannedOutChange[]> {
    await this.directory.loadTenants(changes);
    await this.directory.ensure(receiversOf(changes));
    return changes.map((change) => ({
      eventId: change.eventId,
      announcements: [...(change.ipn ? [this.checked(change.ipn, now)] : []), ...this.webhooks(change, now)],
    }));
  }

  private webhooks(change: AnnouncedChange, now: Date): Announcement[] {
    return this.directory.registeredBy(change).flatMap((endpoint) => {
      try {
        const announcement = change.announceTo(endpoint, now);
        return announcement ? [this.checked(announcement, now)] : [];
      } catch (error) {
        // What cannot be said in this family must not keep the others from being told.
        this.logger.error(error, `event ${change.eventId} cannot be told to endpoint ${endpoint._id}`);
        return [];
      }
    });
  }

  /** What a disabled endpoint misses is kept, so that it can be replayed. */
  private checked(announcement: Announcement, now: Date): Announcement {
    const { rows } = announcement;
    if (!rows || this.directory.get(rows.delivery.endpointId ?? '')?.state !== 'disabled') return announcement;
    const outcome = { state: 'dead', lastError: 'endpoint_disabled', nextAttemptAt: null, updatedAt: now } as const;
    return { ...announcement, rows: { ...rows, delivery: { ...rows.delivery, ...outcome } } };
  }
}

function receiversOf(changes: readonly AnnouncedChange[]): Map<string, SiteReceiver> {
  return new Map(changes.flatMap(({ receiver }) => (receiver ? [[receiver.endpointId, receiver.receiver]] : [])));
}
