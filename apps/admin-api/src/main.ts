import 'reflect-metadata';
import { loadConfig, runService } from '@paygate/nest-kit';
import { AdminConfig } from './admin-config.js';
import { adminApiOptions } from './create-admin-api.js';

await runService(() => adminApiOptions(loadConfig(AdminConfig)));
