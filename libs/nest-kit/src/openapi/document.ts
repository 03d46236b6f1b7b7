import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import { ERRORS, isErrorCode } from '@paygate/kernel';
import type { ErrorCode } from '@paygate/kernel';
import { presentAdminError } from '../errors/error-presenter.js';
import type { ErrorPresenter } from '../errors/error-presenter.js';
import { byStatus, ERROR_CODES_EXTENSION } from './api-errors.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']> & { [extension: `x-${string}`]: unknown };

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;
const EXAMPLE_REQUEST_ID = '7d0f4a52-1c1b-4f2e-9f0a-3f5b8a6c2d11';

const BODY_ERRORS: readonly ErrorCode[] = ['malformed_json', 'payload_too_large', 'unsupported_media_type'];

type Schema = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];

/** How the operations of one tag answer errors. */
export interface ErrorBodyDescription {
  /** Name of the schema in the document. */
  name: string;
  schema: Schema;
  present: ErrorPresenter;
}

const ADMIN_ERROR_BODY_SCHEMA: Schema = {
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

const ADMIN_ERROR_BODY: ErrorBodyDescription = { name: 'ErrorBody', schema: ADMIN_ERROR_BODY_SCHEMA, present: presentAdminError };

/** Who may use an operation, as the service's own rules say. */
export interface OperationAccess {
  /** Names of security schemes, any one of which opens the operation. None: everybody may. */
  schemes: readonly string[];
  /** A sentence for the description. */
  note?: string;
  /** Written as `x-required-scope`. */
  scope?: string;
  /** What the checks before the handler refuse with. */
  errors: readonly ErrorCode[];
}

/** Looks up an operation by its method (upper case) and path, with parameters as `:name`. */
export type DescribeAccess = (method: string, path: string) => OperationAccess | undefined;

export interface DocumentTexts {
  title: string;
  description: string;
  version: string;
  securitySchemes?: Readonly<Record<string, SecurityScheme>>;
  describeAccess?: DescribeAccess;
  /** By tag, for operations whose errors do not have the Admin API's body. */
  errorBodies?: Readonly<Record<string, ErrorBodyDescription>>;
}

type SecurityScheme = Parameters<DocumentBuilder['addSecurity']>[1];

/** The OpenAPI document of all controllers, each operation with who may use it and every error it can answer. */
export function buildDocument(app: INestApplication, texts: DocumentTexts): OpenAPIObject {
  const builder = new DocumentBuilder().setTitle(texts.title).setDescription(texts.description).setVersion(texts.version);
  for (const [name, scheme] of Object.entries(texts.securitySchemes ?? {})) builder.addSecurity(name, scheme);
  const document = SwaggerModule.createDocument(app, builder.build());
  document.components = {
    ...document.components,
    schemas: {
      ...document.components?.schemas,
      ...Object.fromEntries([ADMIN_ERROR_BODY, ...Object.values(texts.errorBodies ?? {})].map(({ name, schema }) => [name, schema])),
    },
  };
  for (const { method, path, operation } of operationsOf(document)) {
    const access = texts.describeAccess?.(method.toUpperCase(), path.replaceAll(/\{(\w+)\}/g, ':$1'));
    completeOperation(operation, access, texts.errorBodies?.[operation.tags?.[0] ?? ''] ?? ADMIN_ERROR_BODY);
  }
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

function operationsOf(document: OpenAPIObject): { method: string; path: string; operation: Operation }[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method] as Operation | undefined;
      return operation ? [{ method, path, operation }] : [];
    }),
  );
}

function completeOperation(operation: Operation, access: OperationAccess | undefined, errorBody: ErrorBodyDescription): void {
  const declared = operation[ERROR_CODES_EXTENSION];
  Reflect.deleteProperty(operation, ERROR_CODES_EXTENSION);
  const scope = access?.scope;
  if (scope !== undefined) operation['x-required-scope'] = scope;
  if (access && access.schemes.length > 0) operation.security = access.schemes.map((name) => ({ [name]: [] }));
  if (access?.note !== undefined) operation.description = [operation.description, access.note].filter(Boolean).join('\n\n');
  const codes: ErrorCode[] = [
    ...(Array.isArray(declared) ? declared.filter(isErrorCode) : []),
    ...(access?.errors ?? []),
    ...(operation.requestBody === undefined ? [] : BODY_ERRORS),
    ...(operation.requestBody === undefined && !operation.parameters?.length ? [] : (['validation_failed'] as const)),
    'internal_error',
  ];
  for (const [status, group] of byStatus(codes)) {
    operation.responses[String(status)] ??= {
      description: group.map((code) => `\`${code}\`: ${ERRORS[code].title}`).join('\n\n'),
      content: {
        'application/json': {
          schema: { $ref: `#/components/schemas/${errorBody.name}` },
          examples: Object.fromEntries(group.map((code) => [code, { value: example(code, scope, errorBody.present) }])),
        },
      },
    };
  }
}

function example(code: ErrorCode, scope: string | undefined, present: ErrorPresenter): unknown {
  const { status, title } = ERRORS[code];
  return present({ code, status, message: title, requestId: EXAMPLE_REQUEST_ID, ...exampleDetails(code, scope) });
}

function exampleDetails(code: ErrorCode, scope: string | undefined): { details?: unknown } {
  if (code === 'insufficient_scope') return { details: { required: scope } };
  if (code !== 'validation_failed') return {};
  return { details: [{ field: 'limit', code: 'max', message: 'limit must be not greater than 100.', expected: 'not greater than 100' }] };
}
