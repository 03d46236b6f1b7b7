import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { kitVersion } from '../kit-version.js';
import { docsPage, PAGE_ASSETS, PAGE_SECURITY_POLICY, startScript } from './docs-page.js';
import { buildDocument, onlyTagged } from './document.js';
import type { DocumentTexts } from './document.js';

export interface OpenApiOptions extends Omit<DocumentTexts, 'version'> {
  /** Where the page lives, without a leading slash, e.g. `api/v1/docs`. */
  path: string;
  /** Further documents by name, each with the operations of one tag: `{ admin: 'Admin API' }` → `<path>/admin.json`. */
  documents?: Readonly<Record<string, string>>;
}

/**
 * Serves the API description: `<path>/index.html` (page), `<path>/openapi.json` (everything) and `<path>/<name>.json`.
 * Call it from `configure`. The document is built when first asked for.
 */
export function setupOpenApi(app: NestFastifyApplication, o: OpenApiOptions): void {
  const server = app.getHttpAdapter().getInstance();
  const root = `/${o.path}`;
  let whole: OpenAPIObject | undefined;
  const document = (): OpenAPIObject => (whole ??= buildDocument(app, { ...o, version: kitVersion }));

  const files = { openapi: document } as Record<string, () => OpenAPIObject>;
  for (const [name, tag] of Object.entries(o.documents ?? {})) files[name] = () => onlyTagged(document(), tag);
  for (const [name, build] of Object.entries(files)) {
    let text: string | undefined;
    server.get(`${root}/${name}.json`, (_request, reply) =>
      reply.type('application/json; charset=utf-8').send((text ??= JSON.stringify(build()))),
    );
  }

  const toPage = (_request: unknown, reply: FastifyReply) => reply.redirect(`${root}/index.html`);
  server.get(root, toPage);
  server.get(`${root}/`, toPage);
  const page = docsPage(o.title);
  server.get(`${root}/index.html`, (_request, reply) =>
    reply.type('text/html; charset=utf-8').header('content-security-policy', PAGE_SECURITY_POLICY).send(page),
  );
  const script = startScript(Object.keys(files).map((name) => ({ name, url: `${name}.json` })));
  server.get(`${root}/start.js`, (_request, reply) => reply.type('text/javascript; charset=utf-8').send(script));
  void server.register(fastifyStatic, {
    root: swaggerUiFolder(),
    prefix: `${root}/assets/`,
    decorateReply: false,
    index: false,
    allowedPath: (path) => PAGE_ASSETS.has(path),
  });
}

/** The distribution files that @nestjs/swagger depends on, found through it. */
function swaggerUiFolder(): string {
  const fromSwagger = createRequire(createRequire(import.meta.url).resolve('@nestjs/swagger'));
  return dirname(fromSwagger.resolve('swagger-ui-dist/package.json'));
}
