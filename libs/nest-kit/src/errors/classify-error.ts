import { HttpException } from '@nestjs/common';
import { DomainError, ERRORS } from '@paygate/kernel';
import type { ErrorCode } from '@paygate/kernel';

/** What the caller is told about a thrown value. */
export interface ClassifiedError {
  code: ErrorCode;
  status: number;
  message: string;
  details?: unknown;
}

const BY_FASTIFY_CODE: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload_too_large',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed_json',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed_json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed_json',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_BAD_URL: 'route_not_found',
  FST_ERR_MAX_PARAM_LENGTH: 'route_not_found',
};

const BY_STATUS: ReadonlyMap<number, ErrorCode> = new Map<number, ErrorCode>([
  [400, 'validation_failed'],
  [401, 'api_key_invalid'],
  [403, 'forbidden'],
  [404, 'route_not_found'],
  [405, 'method_not_allowed'],
  [409, 'conflict'],
  [413, 'payload_too_large'],
  [415, 'unsupported_media_type'],
  [422, 'validation_failed'],
  [429, 'too_many_requests'],
  [503, 'service_unavailable'],
  [504, 'upstream_timeout'],
]);

/** Expected refusals keep their code and text; everything unknown is an internal error without a word about its cause. */
export function classifyError(error: unknown): ClassifiedError {
  if (error instanceof DomainError) {
    // The message of an internal error is for the log.
    const message = error.code === 'internal_error' ? ERRORS.internal_error.title : error.message;
    return { code: error.code, status: error.status, message, ...(error.details === undefined ? {} : { details: error.details }) };
  }
  const fastifyCode = codeOf(error) ?? (error instanceof Error ? codeOf(error.cause) : undefined);
  const known = fastifyCode === undefined ? undefined : BY_FASTIFY_CODE[fastifyCode];
  if (known !== undefined) return titled(known);
  return error instanceof HttpException ? classifyHttpException(error) : titled('internal_error');
}

function classifyHttpException(error: HttpException): ClassifiedError {
  const status = error.getStatus();
  const code = BY_STATUS.get(status) ?? (status >= 400 && status < 500 ? 'validation_failed' : 'internal_error');
  // Only the text of a 400 says something the table does not; a 404 of the router would repeat the query.
  return code === 'validation_failed' ? { code, status: ERRORS[code].status, message: error.message } : titled(code);
}

function titled(code: ErrorCode): ClassifiedError {
  return { code, status: ERRORS[code].status, message: ERRORS[code].title };
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
