export default {
  projects: ['<rootDir>/apps/*', '<rootDir>/libs/*', '<rootDir>/tools'],
  workerIdleMemoryLimit: '1200MB',
};
