import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ConfigurationSnapshotsModule } from '../configuration-snapshots/index.js';
import { CreateSite } from './create-site.js';
import { SigningSecrets } from './signing-secrets.js';
import { SiteDirectory } from './site-directory.js';
import { SiteSnapshots } from './site-snapshots.js';
import { SITE_MODEL, siteSchema } from './site.schema.js';
import { SitesRepository } from './sites.repository.js';

@Module({
  imports: [ConfigurationSnapshotsModule, MongooseModule.forFeature([{ name: SITE_MODEL, schema: siteSchema }])],
  providers: [SitesRepository, SiteSnapshots, SiteDirectory, SigningSecrets, CreateSite],
  exports: [SitesRepository, SiteDirectory, SigningSecrets, CreateSite],
})
export class SitesModule {}
