/** A buyer without a browser: follows links and sends what the pages would send. */
export class Buyer {
  async open(paymentUrl: string, expected: string): Promise<void> {
    const response = await fetch(paymentUrl, { signal: AbortSignal.timeout(15_000) });
    const html = await response.text();
    if (response.status !== 200 || !html.includes(expected))
      throw new Error(`the hosted page answered ${response.status} without "${expected}"`);
  }

  /** What the page's Pay button does: starts a payment at the chosen provider. */
  async choosePayment(
    checkoutUrl: string,
    sessionPublicId: string,
    providerId: string,
  ): Promise<{ transactionId: string; redirectUrl: string }> {
    const response = await fetch(`${checkoutUrl}/api/v1/transactions/create`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: checkoutUrl },
      body: JSON.stringify({
        sessionPublicId,
        providerId,
        billingAddress: {
          name: 'Ada Lovelace',
          email: 'buyer@example.com',
          line1: 'Unter den Linden 1',
          city: 'Berlin',
          postalCode: '10117',
          country: 'DE',
        },
      }),
      signal: AbortSignal.timeout(20_000),
    });
    const text = await response.text();
    const answer = (response.ok ? JSON.parse(text) : {}) as { transactionId?: string; redirectUrl?: string };
    if (!answer.transactionId || !answer.redirectUrl) throw new Error(`starting the payment answered ${response.status}: ${text}`);
    return { transactionId: answer.transactionId, redirectUrl: answer.redirectUrl };
  }

  /** What the sandbox's payment page sends after it turned a test card into a token. Returns where the buyer ends up. */
  async payAtSandbox(pageUrl: string, token: string): Promise<string> {
    const page = await fetch(pageUrl, { signal: AbortSignal.timeout(15_000) });
    if (page.status !== 200) throw new Error(`the sandbox page answered ${page.status}`);
    await page.arrayBuffer();
    const paid = await fetch(pageUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: new URL(pageUrl).origin },
      body: new URLSearchParams({ token }),
      signal: AbortSignal.timeout(20_000),
    });
    await paid.arrayBuffer();
    if (!paid.ok) throw new Error(`paying at the sandbox ended with ${paid.status} at ${paid.url}`);
    return paid.url;
  }
}
