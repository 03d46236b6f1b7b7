import { Module } from '@nestjs/common';
import { ApiKeysModule } from '../api-keys/index.js';
import { SystemApiKeysController } from './system-api-keys.controller.js';

@Module({ imports: [ApiKeysModule], controllers: [SystemApiKeysController] })
export class SystemApiKeysModule {}
