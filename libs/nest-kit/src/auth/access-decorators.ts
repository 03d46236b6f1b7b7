import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension } from '@nestjs/swagger';
import type { Scope } from './scopes.js';

export const REQUIRED_SCOPE = 'paygate:required-scope';
export const PUBLIC_ROUTE = 'paygate:public-route';

/** Name of the bearer security scheme in the OpenAPI documents. */
export const API_KEY_SCHEME = 'apiKey';

/** The handler needs an authenticated caller with this scope. The OpenAPI document says so, with the 401 and 403 answers. */
export const RequireScope = (scope: Scope): MethodDecorator =>
  applyDecorators(SetMetadata(REQUIRED_SCOPE, scope), ApiBearerAuth(API_KEY_SCHEME), ApiExtension('x-required-scope', scope));

/** The handler, or every handler of the controller, needs no authentication. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(PUBLIC_ROUTE, true);
