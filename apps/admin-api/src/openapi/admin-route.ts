import { applyDecorators, HttpCode } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { ErrorCode } from '@paygate/kernel';
import { ApiErrors } from '@paygate/nest-kit';

/** Tags of the operations in the OpenAPI documents, by surface. */
export const ADMIN_API = 'Admin API';
export const MERCHANT_API = 'Merchant API';

export interface AdminRouteDescription {
  summary: string;
  description?: string;
  /** 200 unless given. */
  status?: 200 | 201 | 204;
  /** Absent when nothing is answered (204), or something that is not JSON. */
  answer?: Type;
  /** A whole answer as a caller sees it. */
  example?: object;
  /** It asks another service, which may be away. */
  upstream?: true;
  /** It creates something and takes an `Idempotency-Key`. */
  repeatable?: true;
  /** What this route refuses beside what every route does. */
  errors?: readonly ErrorCode[];
}

const UPSTREAM_ERRORS: readonly ErrorCode[] = ['service_unavailable', 'upstream_timeout'];
const REPEAT_ERRORS: readonly ErrorCode[] = ['idempotency_key_reused', 'request_in_progress'];

/** Documents a route and sets its status. Who may call it stands in the access table. */
export function AdminRoute(route: AdminRouteDescription): MethodDecorator {
  const { summary, description, status = 200, answer, example, errors = [] } = route;
  return applyDecorators(
    HttpCode(status),
    ApiOperation({ summary, description }),
    ApiResponse({ status, description: '', ...(answer ? { type: answer, example } : {}) }),
    ApiErrors(...errors, ...(route.upstream ? UPSTREAM_ERRORS : []), ...(route.repeatable ? REPEAT_ERRORS : [])),
    ...(route.repeatable ? [ApiHeader(IDEMPOTENCY_KEY)] : []),
  );
}

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  required: false,
  description:
    '1 to 255 printable characters. The same key and request again answers what the first one did, with `Idempotent-Replayed: true`.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
} as const;
