export { WiseAdapter } from './wise-adapter.js';
