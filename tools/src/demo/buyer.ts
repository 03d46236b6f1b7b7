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
      body: new URLSearchParams({ instrument: token }),
      signal: AbortSignal.timeout(20_000),
    });
    return this.follow(paid);
  }

  /** Goes where a page leads by itself, as a browser would: redirects, and refreshes that wait no time. */
  private async follow(first: Response): Promise<string> {
    let response = first;
    for (let hops = 0; hops < 10; hops++) {
      const html = await response.text();
      if (!response.ok) throw new Error(`the way back ended with ${response.status} at ${response.url}`);
      const target = /<meta http-equiv="refresh" content="0;url=([^"]+)"/.exec(html)?.[1];
      if (target === undefined) return response.url;
      response = await fetch(new URL(target.replaceAll('&amp;', '&'), response.url), { signal: AbortSignal.timeout(20_000) });
    }
    throw new Error('the way back never ended');
  }
}
