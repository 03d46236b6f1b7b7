import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ChangesModule } from '../changes/index.js';
import { ConfigurationSnapshotsModule } from '../configuration-snapshots/index.js';
import { ProvidersModule } from '../providers/index.js';
import { CreateSite } from './create-site.js';
import { DeleteSite } from './delete-site.js';
import { GetSite } from './get-site.js';
import { ListSites } from './list-sites.js';
import { OfferedProviders } from './offered-providers.js';
import { PreviewSiteRouting } from './preview-site-routing.js';
import { RegenerateWebhookSecret } from './regenerate-webhook-secret.js';
import { SigningSecrets } from './signing-secrets.js';
import { SiteDirectory } from './site-directory.js';
import { SiteSnapshots } from './site-snapshots.js';
import { SITE_MODEL, siteSchema } from './site.schema.js';
import { SitesController } from './sites.controller.js';
import { SitesRepository } from './sites.repository.js';
import { UpdateSite } from './update-site.js';

@Module({
  imports: [
    ChangesModule,
    ConfigurationSnapshotsModule,
    ProvidersModule,
    MongooseModule.forFeature([{ name: SITE_MODEL, schema: siteSchema }]),
  ],
  controllers: [SitesController],
  providers: [
    SitesRepository,
    SiteSnapshots,
    SiteDirectory,
    SigningSecrets,
    OfferedProviders,
    CreateSite,
    ListSites,
    GetSite,
    UpdateSite,
    DeleteSite,
    RegenerateWebhookSecret,
    PreviewSiteRouting,
  ],
  exports: [SitesRepository, SiteDirectory, SigningSecrets, CreateSite],
})
export class SitesModule {}
