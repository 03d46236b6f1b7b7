export default {
  projects: ['<rootDir>/apps/*', '<rootDir>/libs/*', '<rootDir>/tools'],
  // Read here only: in a project's own file it has no effect when several projects run together.
  testTimeout: 30_000,
  workerIdleMemoryLimit: '1200MB',
  // A worker that has ended its work frees its memory before it is gone, which takes longer than Jest's half second on a busy machine.
  // What is left open by a test holds a worker for ever and is still reported.
  workerGracefulExitTimeout: 5_000,
};
