export { ConfigurationPublisher } from './configuration-publisher.js';
export { ConfigurationSnapshotsModule } from './configuration-snapshots.module.js';
export { ReconcileBucket } from './reconcile-bucket.js';
export type { SnapshotSource } from './snapshot-source.js';
