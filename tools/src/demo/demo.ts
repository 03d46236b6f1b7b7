import { IpnReceiver } from '@paygate/testing';
import { Progress } from '../progress.js';
import { Stack } from '../stack/stack.js';
import { createCheckout, readTransaction } from './merchant.js';
import { Buyer } from './buyer.js';
import { Timeline } from './timeline.js';
import { verifyNotification } from './verify-notification.js';

/**
 * `npm run demo`: the whole journey without a browser. A merchant creates a checkout, a buyer pays it, the merchant is
 * notified and verifies the signature two ways. Ends with 0 only if every step was seen to work.
 */
export async function demo(): Promise<number> {
  const progress = new Progress();
  progress.line('\n  Starting a stack of its own (temporary data, free ports)');
  const stack = await Stack.startTemporary({ progress });
  const shop = await IpnReceiver.start();
  try {
    const seed = await progress.step('Demo organization', () => stack.seedDemo(true));
    const merchant = { adminApiUrl: stack.adminApiUrl, siteId: seed.siteId, apiKey: seed.apiKey ?? '' };
    progress.line('\n  The journey');
    const timeline = new Timeline((line) => progress.line(line));

    const checkout = await createCheckout(merchant, {
      amount: 4900,
      currency: 'EUR',
      email: 'buyer@example.com',
      externalReference: 'order-1001',
      ipnUrl: `${shop.url}/ipn`,
      returnUrl: `${shop.url}/thanks?transaction={transactionId}`,
      items: [{ name: 'Professional plan', quantity: 1, unitPrice: 4900, itemType: 'digital_service' }],
    });
    timeline.add('merchant', `creates a checkout over 49.00 EUR → ${checkout.paymentUrl}`);

    const buyer = new Buyer();
    await buyer.open(checkout.paymentUrl, 'Professional plan');
    timeline.add('buyer', 'opens the hosted page and sees "Professional plan"');
    const providerPage = await buyer.choosePayment(stack.checkoutUrl, checkout.sessionPublicId, seed.providerId);
    timeline.add('buyer', `fills in the billing details and goes to the provider → transaction ${providerPage.transactionId}`);
    const landed = await buyer.payAtSandbox(providerPage.redirectUrl, 'tok_success');
    timeline.add('buyer', `pays with the test card 4242 … 4242 and lands at ${landed}`);
    if (!landed.startsWith(`${shop.url}/thanks?transaction=${providerPage.transactionId}`))
      throw new Error(`the buyer landed at ${landed}`);

    const notification = await shop.next((request) => request.path === '/ipn', 15_000);
    const verified = verifyNotification(notification, seed.ipnSigningSecret);
    timeline.add('shop', `is notified: ${notification.rawBody.toString()}`);
    for (const proof of verified.proofs) timeline.add('shop', `✓ ${proof}`);
    if (verified.body.id !== providerPage.transactionId || verified.body.status !== 1)
      throw new Error('the notification is not about this success');

    const transaction = await readTransaction(merchant, providerPage.transactionId);
    if (transaction.status !== 'succeeded') throw new Error(`the Admin API says ${transaction.status}`);
    timeline.add('merchant', `reads the transaction: ${transaction.status}, ${transaction.amount} ${transaction.currency} (minor units)`);
    progress.line(`\n  The journey took ${timeline.totalMs()} ms. Start your own: npm start\n`);
    return 0;
  } finally {
    await shop.stop();
    await stack.destroy();
  }
}
