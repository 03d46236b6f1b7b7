import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { connectMessaging } from '@paygate/messaging-kit';
import { createService, setupOpenApi } from '@paygate/nest-kit';
import type { ServiceOptions } from '@paygate/nest-kit';
import { describeAccess, SECURITY_SCHEMES } from './access/index.js';
import { AdminApiModule } from './admin-api.module.js';
import type { AdminConfig } from './admin-config.js';
import { ADMIN_API, MERCHANT_API } from './openapi/index.js';
import { MERCHANT_ERROR_BODY, MERCHANT_SURFACE } from './surfaces/merchant/index.js';

export function adminApiOptions(config: AdminConfig): ServiceOptions<AdminConfig> {
  return {
    name: 'admin-api',
    module: AdminApiModule.forRoot(config),
    config,
    contentSecurityPolicy: 'api',
    presenters: [MERCHANT_SURFACE],
    trailingSlashOptional: (path) => MERCHANT_SURFACE.match(path) || path.startsWith('/api/v1/webhooks/'),
    configure: (app) => {
      connectMessaging(app);
      setupOpenApi(app, {
        title: 'paygate',
        description: `Checkouts, transactions and notifications for server-side integrations. Base address: ${config.ADMIN_PUBLIC_URL}`,
        path: 'api/v1/docs',
        documents: { admin: ADMIN_API, merchant: MERCHANT_API },
        errorBodies: { [MERCHANT_API]: MERCHANT_ERROR_BODY },
        securitySchemes: SECURITY_SCHEMES,
        describeAccess,
      });
    },
  };
}

/** The service, created but not listening. */
export async function createAdminApi(config: AdminConfig): Promise<NestFastifyApplication> {
  return createService(adminApiOptions(config));
}
