import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ChangesModule } from '../changes/index.js';
import { ConfigurationSnapshotsModule } from '../configuration-snapshots/index.js';
import { OrganizationsModule } from '../organizations/index.js';
import { SitesModule } from '../sites/index.js';
import { AllowCertificate } from './allow-certificate.js';
import { CnameCheck } from './cname-check.js';
import { CreateDomain } from './create-domain.js';
import { DeleteDomain } from './delete-domain.js';
import { DnsResolver } from './dns-resolver.js';
import { DomainSnapshots } from './domain-snapshots.js';
import { DOMAIN_MODEL, domainSchema } from './domain.schema.js';
import { DomainsController } from './domains.controller.js';
import { DomainsRepository } from './domains.repository.js';
import { GetDomain } from './get-domain.js';
import { ListDomains } from './list-domains.js';
import { PlatformHosts } from './platform-hosts.js';
import { PresentDomain } from './present-domain.js';
import { SetApplePayAssociation } from './set-apple-pay-association.js';
import { VerifyCname } from './verify-cname.js';

@Module({
  imports: [
    ChangesModule,
    ConfigurationSnapshotsModule,
    OrganizationsModule,
    SitesModule,
    MongooseModule.forFeature([{ name: DOMAIN_MODEL, schema: domainSchema }]),
  ],
  controllers: [DomainsController],
  providers: [
    DomainsRepository,
    DomainSnapshots,
    DnsResolver,
    PlatformHosts,
    CnameCheck,
    PresentDomain,
    CreateDomain,
    ListDomains,
    GetDomain,
    DeleteDomain,
    VerifyCname,
    AllowCertificate,
    SetApplePayAssociation,
  ],
})
export class DomainsModule {}
