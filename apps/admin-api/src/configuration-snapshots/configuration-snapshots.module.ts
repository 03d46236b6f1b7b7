import { Module } from '@nestjs/common';
import { ConfigurationPublisher } from './configuration-publisher.js';
import { ReconcileBucket } from './reconcile-bucket.js';

@Module({ providers: [ConfigurationPublisher, ReconcileBucket], exports: [ConfigurationPublisher, ReconcileBucket] })
export class ConfigurationSnapshotsModule {}
