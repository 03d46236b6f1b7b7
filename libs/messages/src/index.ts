export { defineEvent, defineRequest, defineSnapshot } from './contract.js';
export type { EventContract, MessageClass, RequestContract, SnapshotContract } from './contract.js';
