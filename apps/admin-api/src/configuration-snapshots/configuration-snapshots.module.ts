import { Module } from '@nestjs/common';
import { ConfigurationPublisher } from './configuration-publisher.js';

@Module({ providers: [ConfigurationPublisher], exports: [ConfigurationPublisher] })
export class ConfigurationSnapshotsModule {}
