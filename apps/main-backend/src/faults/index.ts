export { FaultPoint } from './fault-point.js';
