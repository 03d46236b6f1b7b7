import { applyDecorators, HttpCode } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { ErrorCode } from '@paygate/kernel';
import { ApiErrors, RequireScope } from '@paygate/nest-kit';
import type { Scope } from '@paygate/nest-kit';

/** Tag of the operations of the Admin API in the OpenAPI documents. */
export const ADMIN_API = 'Admin API';

export interface AdminRouteDescription {
  scope: Scope;
  summary: string;
  description?: string;
  answer: Type;
  /** A whole answer as a caller sees it. */
  example: object;
  /** What this route refuses beside what every route does. */
  errors?: readonly ErrorCode[];
}

/** Every route asks another service. */
const UPSTREAM_ERRORS: readonly ErrorCode[] = ['service_unavailable', 'upstream_timeout'];

/** Guards a route and documents it, from one description. It answers 200. */
export function AdminRoute({ scope, summary, description, answer, example, errors = [] }: AdminRouteDescription): MethodDecorator {
  return applyDecorators(
    RequireScope(scope),
    HttpCode(200),
    ApiOperation({ summary, description }),
    ApiOkResponse({ type: answer, example }),
    ApiErrors('organization_suspended', ...errors, ...UPSTREAM_ERRORS),
  );
}
