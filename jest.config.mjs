export default {
  projects: ['<rootDir>/apps/*', '<rootDir>/libs/*', '<rootDir>/tools'],
  // Read here only: in a project's own file it has no effect when several projects run together.
  testTimeout: 30_000,
  workerIdleMemoryLimit: '1200MB',
};
