import { Controller, Get, Header, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { DomainError } from '@paygate/kernel';
import type { FastifyRequest } from 'fastify';
import { Configuration } from '../configuration/index.js';

/** Files that others look for at fixed addresses of a merchant's domain. */
@ApiExcludeController()
@Controller('.well-known')
export class WellKnownController {
  constructor(private readonly configuration: Configuration) {}

  /**
   * By this file Apple Pay knows that the domain is the merchant's.
   * @throws DomainError route_not_found for a host that has none
   */
  @Get('apple-developer-merchantid-domain-association')
  @Header('content-type', 'text/plain; charset=utf-8')
  applePayAssociation(@Req() { hostname }: FastifyRequest): string {
    const file = this.configuration.verifiedDomain(hostname)?.applePayAssociation;
    if (file === undefined) throw new DomainError('route_not_found');
    return file;
  }
}
