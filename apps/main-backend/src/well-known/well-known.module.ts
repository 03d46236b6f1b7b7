import { Module } from '@nestjs/common';
import { ConfigurationModule } from '../configuration/index.js';
import { WellKnownController } from './well-known.controller.js';

@Module({ imports: [ConfigurationModule], controllers: [WellKnownController] })
export class WellKnownModule {}
