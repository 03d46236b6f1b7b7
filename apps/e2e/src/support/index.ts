export { startTestStack } from './test-stack.js';
export type { TestStack } from './test-stack.js';
