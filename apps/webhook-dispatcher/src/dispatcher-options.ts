import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { connectMessaging } from '@paygate/messaging-kit';
import { createService } from '@paygate/nest-kit';
import type { ServiceOptions } from '@paygate/nest-kit';
import { RETRY_SCHEDULE_SECONDS } from '@paygate/webhook-protocol';
import type { DispatcherConfig } from './dispatcher-config.js';
import { DispatcherModule } from './dispatcher.module.js';
import { DEFAULT_HEALTH_SETTINGS } from './endpoints/index.js';
import type { HealthSettings } from './endpoints/index.js';

export interface DispatcherOverrides {
  /** Seconds before each attempt, for tests that cannot wait for the public schedule. */
  retrySchedule?: readonly number[];
  /** How receivers are judged, for the same reason. */
  health?: Partial<HealthSettings>;
}

export function dispatcherOptions(config: DispatcherConfig, overrides: DispatcherOverrides = {}): ServiceOptions<DispatcherConfig> {
  return {
    name: 'webhook-dispatcher',
    module: DispatcherModule.forRoot(config, {
      retrySchedule: overrides.retrySchedule ?? RETRY_SCHEDULE_SECONDS,
      health: { ...DEFAULT_HEALTH_SETTINGS, ...overrides.health },
    }),
    config,
    configure: (app) => connectMessaging(app),
  };
}

/** The service, not yet listening; start it with `startService` and end it with `stopService` of nest-kit. */
export function createDispatcher(config: DispatcherConfig, overrides?: DispatcherOverrides): Promise<NestFastifyApplication> {
  return createService(dispatcherOptions(config, overrides));
}
