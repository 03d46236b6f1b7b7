import { loadConfig, runService } from '@paygate/nest-kit';
import { mainBackendOptions } from './create-main-backend.js';
import { MainConfig } from './main-config.js';

await runService(() => mainBackendOptions(loadConfig(MainConfig)));
