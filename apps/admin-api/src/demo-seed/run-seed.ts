import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { createLogger, NestPinoLogger, ServiceKitModule } from '@paygate/nest-kit';
import { pino } from 'pino';
import { infrastructure } from '../admin-api.module.js';
import { DemoSeedModule } from './demo-seed.module.js';
import type { SeedConfig } from './seed-config.js';
import { SeedDemoAdmin } from './seed-demo-admin.js';
import type { DemoAdmin } from './seed-demo-admin.js';
import { SeedDemoData } from './seed-demo-data.js';
import type { DemoData } from './seed-demo-data.js';

export type Seeded = DemoData & DemoAdmin;

/** Seeds the database of admin-api and the configuration bucket, without serving anything. */
export async function runSeed(config: SeedConfig, newKey: boolean): Promise<Seeded> {
  // Standard output belongs to the result.
  const logger = createLogger('seed-demo', config.LOG_LEVEL, pino.destination({ dest: 2, sync: true }));
  const app = await NestFactory.createApplicationContext(
    {
      module: SeedRoot,
      imports: [ServiceKitModule.forRoot({ name: 'seed-demo', config, logger }), ...infrastructure(config), DemoSeedModule],
    },
    { logger: new NestPinoLogger(logger), abortOnError: false },
  );
  try {
    const data = await app.get(SeedDemoData).execute({ sandboxBaseUrl: config.SANDBOX_BASE_URL, newKey });
    return { ...data, ...(await app.get(SeedDemoAdmin).execute(data.organizationId)) };
  } finally {
    await app.close();
  }
}

/** Joins the modules of the seed. */
@Module({})
class SeedRoot {}
