export { ReadOssThreshold } from './oss-threshold/read-oss-threshold.js';
export type { OssThreshold } from './oss-threshold/read-oss-threshold.js';
export { WatchOssThreshold } from './oss-threshold/watch-oss-threshold.js';
export { TaxSettingsModule } from './tax-settings.module.js';
