export { WireAdapter } from './wire-adapter.js';
