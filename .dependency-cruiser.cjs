/** Rules inside a project; between projects the Nx boundary rule of eslint.config.mjs holds the line. */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'A cycle breaks ES module initialization and hides who depends on whom.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'feature-through-its-index',
      comment: 'A feature folder of an app is entered through its index.ts, so that its inside can change freely.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/src/([^/]+)/' },
      to: {
        path: '^apps/$1/src/([^/]+)/.+',
        pathNot: ['^apps/$1/src/$2/', '^apps/$1/src/[^/]+/index\\.tsx?$'],
      },
    },
    {
      name: 'controllers-do-not-touch-storage',
      comment: 'A controller calls a use case; only use cases and repositories know how things are stored.',
      severity: 'error',
      from: { path: '^apps/[^/]+/src/.+\\.controller\\.tsx?$' },
      to: { path: ['\\.schema\\.ts$', 'node_modules/mongoose'] },
    },
    {
      name: 'mongoose-in-storage-files-only',
      comment: 'Queries live in repositories and schemas, where every method takes the tenant scope.',
      severity: 'error',
      from: { path: '^apps/[^/]+/src/', pathNot: '\\.(schema|repository|store|module)\\.ts$' },
      to: { path: 'node_modules/mongoose', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'sandbox-provider-stands-alone',
      comment: 'The simulated provider is reached over HTTP only, as a real one would be.',
      severity: 'error',
      from: { path: '^apps/main-backend/src/', pathNot: '^apps/main-backend/src/(sandbox-provider/|app\\.module\\.ts$)' },
      to: { path: '^apps/main-backend/src/sandbox-provider/' },
    },
    {
      name: 'pure-libraries-stay-pure',
      comment: 'Domain rules and contracts run anywhere: no framework, no database, no network.',
      severity: 'error',
      from: { path: '^libs/(kernel|payments-domain|tax|webhook-protocol)/src/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-peer', 'npm-optional'], pathNot: '@paygate/|/libs/' },
    },
    {
      name: 'no-development-packages-in-production',
      comment: 'What runs in production must be installed by npm ci --omit=dev.',
      severity: 'error',
      from: {
        path: '^(apps/(admin-api|main-backend|webhook-dispatcher)|libs/(?!testing|embedded-mongo)[^/]+)/src/',
        pathNot: '\\.spec\\.tsx?$',
      },
      to: { dependencyTypes: ['npm-dev'] },
    },
    {
      name: 'production-code-does-not-import-tests',
      comment: 'Tests and their fakes never reach a service.',
      severity: 'error',
      from: { path: '^(apps|libs)/[^/]+/src/', pathNot: '(\\.spec\\.tsx?$|^apps/e2e/)' },
      to: { path: '(\\.spec\\.tsx?$|^(apps|libs)/[^/]+/test/|^libs/testing/)', pathNot: '^libs/testing/src/' },
    },
    { name: 'resolvable', comment: 'Every import must lead somewhere.', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|out-tsc|coverage)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['@paygate/source', 'import', 'node', 'default'] },
  },
};
