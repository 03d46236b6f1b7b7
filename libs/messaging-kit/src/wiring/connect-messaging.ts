import type { INestApplication } from '@nestjs/common';
import type { CustomStrategy } from '@nestjs/microservices';
import { EventServer } from '../events/event-server.js';
import { RequestServer } from '../rpc/request-server.js';

/**
 * Connects the handlers of the application to NATS. Call it once, before `app.init()`;
 * `app.startAllMicroservices()` then begins to receive and `app.close()` finishes what is in flight.
 */
export function connectMessaging(app: INestApplication): void {
  app.connectMicroservice<CustomStrategy>({ strategy: app.get(RequestServer) });
  app.connectMicroservice<CustomStrategy>({ strategy: app.get(EventServer) });
}
