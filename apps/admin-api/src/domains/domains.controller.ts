import { Body, Controller, Delete, Get, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiParam, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import { TenantScope } from '@paygate/kernel';
import type { IdempotencyClaim } from '@paygate/messages';
import { presentPage } from '@paygate/nest-kit';
import type { FastifyReply } from 'fastify';
import { CurrentScope } from '../access/index.js';
import { Repeatable } from '../changes/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { AllowCertificate } from './allow-certificate.js';
import { CreateDomain } from './create-domain.js';
import { DeleteDomain } from './delete-domain.js';
import { ApplePayAssociationBody } from './dto/apple-pay-association.body.js';
import { CreateDomainBody } from './dto/create-domain.body.js';
import {
  CNAME_CHECK_EXAMPLE,
  CnameCheckResponse,
  DOMAIN_EXAMPLE,
  DomainListResponse,
  DomainResponse,
  PENDING_DOMAIN_EXAMPLE,
} from './dto/domain.response.js';
import { ListDomainsQuery } from './dto/list-domains.query.js';
import { VerifyCnameQuery } from './dto/verify-cname.query.js';
import { GetDomain } from './get-domain.js';
import { ListDomains } from './list-domains.js';
import { PresentDomain } from './present-domain.js';
import { SetApplePayAssociation } from './set-apple-pay-association.js';
import { VerifyCname } from './verify-cname.js';

const DOMAIN_ID = { name: 'id', description: 'Id of the domain, 24 hexadecimal characters.', example: DOMAIN_EXAMPLE.id };

@ApiTags(ADMIN_API)
@Controller('api/v1/domains')
export class DomainsController {
  constructor(
    private readonly creating: CreateDomain,
    private readonly listing: ListDomains,
    private readonly getting: GetDomain,
    private readonly deleting: DeleteDomain,
    private readonly verifying: VerifyCname,
    private readonly certificates: AllowCertificate,
    private readonly association: SetApplePayAssociation,
    private readonly present: PresentDomain,
  ) {}

  @Post()
  @AdminRoute({
    summary: 'Register a domain',
    description: 'Then make a CNAME record from the domain to `expectedCname` and have it verified.',
    status: 201,
    answer: DomainResponse,
    example: PENDING_DOMAIN_EXAMPLE,
    errors: ['already_exists', 'site_not_found'],
    repeatable: true,
  })
  async create(
    @CurrentScope() scope: TenantScope,
    @Body() body: CreateDomainBody,
    @Repeatable() claim: IdempotencyClaim | undefined,
  ): Promise<DomainResponse> {
    return this.creating.execute(scope, body, claim);
  }

  @Get()
  @AdminRoute({
    summary: 'List domains, newest first',
    answer: DomainListResponse,
    example: { domains: [DOMAIN_EXAMPLE], total: 1, page: 1, limit: 50 },
  })
  async list(@CurrentScope() scope: TenantScope, @Query() query: ListDomainsQuery): Promise<DomainListResponse> {
    return presentPage('domains', await this.listing.execute(scope, query), (domain) => this.present.of(domain));
  }

  @Get('verify')
  @AdminRoute({
    summary: 'May a certificate be issued for this host?',
    description:
      'What the reverse proxy asks before it gets a certificate for a custom domain. The status is the whole answer, there is no body: ' +
      '200 for a verified domain of an active organization, 403 for anything else.',
  })
  @ApiQuery({ name: 'domain', required: false, schema: { type: 'string' }, description: 'The host name.', example: 'pay.shop.example' })
  @ApiResponse({ status: 403, description: 'No certificate. Without a body.' })
  async allowCertificate(@Query('domain') host: unknown, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    if (!(await this.certificates.execute(host))) void reply.status(403);
  }

  @Get('verify-cname')
  @AdminRoute({
    summary: 'Verify the CNAME record of a domain',
    description:
      'Looks the domain up in DNS and remembers the result. The chain of CNAME records must lead to `expected`; a domain without ' +
      'CNAME record may have the same addresses instead, since the apex of a zone cannot have one.',
    answer: CnameCheckResponse,
    example: CNAME_CHECK_EXAMPLE,
    errors: ['domain_not_found'],
  })
  async verifyCname(@CurrentScope() scope: TenantScope, @Query() query: VerifyCnameQuery): Promise<CnameCheckResponse> {
    return this.verifying.execute(scope, query);
  }

  @Get(':id')
  @AdminRoute({ summary: 'Get a domain', answer: DomainResponse, example: DOMAIN_EXAMPLE, errors: ['domain_not_found'] })
  @ApiParam(DOMAIN_ID)
  async get(@CurrentScope() scope: TenantScope, @Param('id') id: string): Promise<DomainResponse> {
    return this.present.of(await this.getting.execute(scope, id));
  }

  @Delete(':id')
  @AdminRoute({
    summary: 'Remove a domain',
    description: 'Its payment pages stop at once; the name is free to be registered again.',
    status: 204,
    errors: ['domain_not_found'],
  })
  @ApiParam(DOMAIN_ID)
  async delete(@CurrentScope() scope: TenantScope, @Param('id') id: string): Promise<void> {
    await this.deleting.execute(scope, id);
  }

  @Put(':id/apple-pay-association')
  @AdminRoute({
    summary: 'Store the Apple Pay association file',
    description: 'It is served at `/.well-known/apple-developer-merchantid-domain-association` of the domain once that is verified.',
    answer: DomainResponse,
    example: { ...DOMAIN_EXAMPLE, applePayAssociation: true },
    errors: ['domain_not_found'],
  })
  @ApiParam(DOMAIN_ID)
  async storeAssociation(
    @CurrentScope() scope: TenantScope,
    @Param('id') id: string,
    @Body() { content }: ApplePayAssociationBody,
  ): Promise<DomainResponse> {
    return this.present.of(await this.association.execute(scope, id, content));
  }

  @Delete(':id/apple-pay-association')
  @AdminRoute({ summary: 'Remove the Apple Pay association file', status: 204, errors: ['domain_not_found'] })
  @ApiParam(DOMAIN_ID)
  async removeAssociation(@CurrentScope() scope: TenantScope, @Param('id') id: string): Promise<void> {
    await this.association.execute(scope, id, undefined);
  }
}
