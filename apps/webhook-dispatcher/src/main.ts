import 'reflect-metadata';
import { loadConfig, runService } from '@paygate/nest-kit';
import { DispatcherConfig } from './dispatcher-config.js';
import { dispatcherOptions } from './dispatcher-options.js';

await runService(() => dispatcherOptions(loadConfig(DispatcherConfig)));
