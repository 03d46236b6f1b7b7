import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { connectMessaging } from '@paygate/messaging-kit';
import { createService, setupOpenApi } from '@paygate/nest-kit';
import type { ServiceOptions } from '@paygate/nest-kit';
import { AppModule } from './app.module.js';
import type { MainParts } from './app.module.js';
import { isLimited } from './buyer-limits/index.js';
import type { MainConfig } from './main-config.js';
import { allowBuyerOrigins } from './runtime/index.js';

/** Everything the service is made of; `parts` replaces some of it in tests. */
export function mainBackendOptions(config: MainConfig, parts?: MainParts): ServiceOptions<MainConfig> {
  return {
    name: 'main',
    module: AppModule.forRoot(config, parts),
    config,
    configure: (app) => {
      connectMessaging(app);
      allowBuyerOrigins(app);
      setupOpenApi(app, {
        title: 'paygate buyer API',
        description: 'What the page of a buyer and the notifications of payment providers use. No key is needed.',
        path: 'api/v1/docs',
        describeAccess: (_method, path) => (isLimited(path) ? { schemes: [], errors: ['too_many_requests'] } : undefined),
      });
    },
  };
}

/** The application, not yet started: `startService(app)` of nest-kit initialises it and listens. */
export function createMainBackend(config: MainConfig, parts?: MainParts): Promise<NestFastifyApplication> {
  return createService(mainBackendOptions(config, parts));
}
