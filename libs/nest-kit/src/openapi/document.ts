import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import { ERRORS, isErrorCode } from '@paygate/kernel';
import type { ErrorCode } from '@paygate/kernel';
import { API_KEY_SCHEME } from '../auth/access-decorators.js';
import { presentAdminError } from '../errors/error-presenter.js';
import { byStatus, ERROR_CODES_EXTENSION } from './api-errors.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']> & { [extension: `x-${string}`]: unknown };

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;
const EXAMPLE_REQUEST_ID = '7d0f4a52-1c1b-4f2e-9f0a-3f5b8a6c2d11';

const AUTHENTICATION_ERRORS: readonly ErrorCode[] = [
  'api_key_missing',
  'api_key_malformed',
  'api_key_invalid',
  'api_key_revoked',
  'api_key_expired',
  'api_key_ip_not_allowed',
  'insufficient_scope',
  'organization_header_not_allowed',
];
const BODY_ERRORS: readonly ErrorCode[] = ['malformed_json', 'payload_too_large', 'unsupported_media_type'];

const ERROR_BODY_SCHEMA = {
  type: 'object',
  required: ['error', 'code', 'message', 'requestId'],
  properties: {
    error: { type: 'string', description: 'The same text as `message`.' },
    code: { type: 'string', description: 'Stable name of the error; decide by it.' },
    message: { type: 'string', description: 'What is wrong, for people.' },
    requestId: {
      type: 'string',
      pattern: '^[A-Za-z0-9._:-]{1,128}$',
      description: 'Quote it to support. Also in the X-Request-ID header.',
    },
    details: { description: 'For `validation_failed`: one entry per wrong field.' },
  },
};

export interface DocumentTexts {
  title: string;
  description: string;
  version: string;
}

/** The OpenAPI document of all controllers, each operation with its scope and every error it can answer. */
export function buildDocument(app: INestApplication, texts: DocumentTexts): OpenAPIObject {
  const base = new DocumentBuilder()
    .setTitle(texts.title)
    .setDescription(texts.description)
    .setVersion(texts.version)
    .addBearerAuth(
      { type: 'http', scheme: 'bearer', description: 'An API key: `sk_live_<keyId>.<secret>` or `sk_test_<keyId>.<secret>`.' },
      API_KEY_SCHEME,
    )
    .build();
  const document = SwaggerModule.createDocument(app, base);
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, ErrorBody: ERROR_BODY_SCHEMA },
  };
  for (const operation of operationsOf(document)) completeOperation(operation);
  return document;
}

/** The part of the document whose operations carry the tag. */
export function onlyTagged(document: OpenAPIObject, tag: string): OpenAPIObject {
  const paths: OpenAPIObject['paths'] = {};
  for (const [path, item] of Object.entries(document.paths)) {
    const kept = METHODS.flatMap((method) => {
      const operation = item[method];
      return operation?.tags?.includes(tag) ? [[method, operation] as const] : [];
    });
    if (kept.length > 0) paths[path] = Object.fromEntries(kept);
  }
  return { ...document, paths };
}

function operationsOf(document: OpenAPIObject): Operation[] {
  return Object.values(document.paths).flatMap((item) => METHODS.flatMap((method) => (item[method] as Operation | undefined) ?? []));
}

function completeOperation(operation: Operation): void {
  const scope = operation['x-required-scope'];
  const declared = operation[ERROR_CODES_EXTENSION];
  Reflect.deleteProperty(operation, ERROR_CODES_EXTENSION);
  if (typeof scope === 'string') {
    operation.description = [operation.description, `Needs the scope \`${scope}\`.`].filter(Boolean).join('\n\n');
  }
  const codes: ErrorCode[] = [
    ...(Array.isArray(declared) ? declared.filter(isErrorCode) : []),
    ...(typeof scope === 'string' ? AUTHENTICATION_ERRORS : []),
    ...(operation.requestBody === undefined ? [] : BODY_ERRORS),
    ...(operation.requestBody === undefined && !operation.parameters?.length ? [] : (['validation_failed'] as const)),
    'internal_error',
  ];
  for (const [status, group] of byStatus(codes)) {
    operation.responses[String(status)] ??= {
      description: group.map((code) => `\`${code}\`: ${ERRORS[code].title}`).join('\n\n'),
      content: {
        'application/json': {
          schema: { $ref: '#/components/schemas/ErrorBody' },
          examples: Object.fromEntries(group.map((code) => [code, { value: example(code, scope) }])),
        },
      },
    };
  }
}

function example(code: ErrorCode, scope: unknown): unknown {
  const { status, title } = ERRORS[code];
  return presentAdminError({ code, status, message: title, requestId: EXAMPLE_REQUEST_ID, ...exampleDetails(code, scope) });
}

function exampleDetails(code: ErrorCode, scope: unknown): { details?: unknown } {
  if (code === 'insufficient_scope') return { details: { required: scope } };
  if (code !== 'validation_failed') return {};
  return { details: [{ field: 'limit', code: 'max', message: 'limit must be not greater than 100.', expected: 'not greater than 100' }] };
}
