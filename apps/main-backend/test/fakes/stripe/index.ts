export { newStripeAccount } from './new-stripe-account.js';
export { FakeStripe } from './fake-stripe.js';
export type { Trouble } from './fake-stripe.js';
export type { Deed, StripeAccountState } from './stripe-account.js';
export type { FakeEvent } from './stripe-objects.js';
