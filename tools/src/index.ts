/** What the whole-stack tests use of the commands: a stack to start, a merchant and a buyer to act on it. */
export { Buyer } from './demo/buyer.js';
export { createCheckout, listTransactions, readTransaction } from './demo/merchant.js';
export type { CreatedCheckout, Merchant, Transaction } from './demo/merchant.js';
export { verifyNotification } from './demo/verify-notification.js';
export type { NotificationBody } from './demo/verify-notification.js';
export { Progress } from './progress.js';
export { findProgram } from './stack/debian-packages.js';
export { freePortBase } from './stack/ports.js';
export { REPOSITORY_ROOT, Stack } from './stack/stack.js';
export type { DemoSeed, ProcessName, ServiceName } from './stack/stack.js';
