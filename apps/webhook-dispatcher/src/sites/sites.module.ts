import { Module } from '@nestjs/common';
import { FieldEncryption } from '@paygate/data-kit';
import { siteSnapshot } from '@paygate/messages';
import { ConfigBucket } from '@paygate/messaging-kit';
import { SiteDirectory } from './site-directory.js';

/** The settings of sites, kept in memory, so that notifications go out while admin-api is down. */
@Module({
  providers: [
    {
      provide: SiteDirectory,
      useFactory: async (bucket: ConfigBucket, encryption: FieldEncryption) =>
        new SiteDirectory(await bucket.watch(siteSnapshot), encryption),
      inject: [ConfigBucket, FieldEncryption],
    },
  ],
  exports: [SiteDirectory],
})
export class SitesModule {}
