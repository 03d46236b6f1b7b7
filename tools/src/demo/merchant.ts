/** A merchant's server as an integrator would write it: plain HTTP and an API key. */
export interface Merchant {
  readonly adminApiUrl: string;
  readonly siteId: string;
  readonly apiKey: string;
}

export interface CreatedCheckout {
  readonly id: string;
  readonly sessionPublicId: string;
  readonly shortCode: string;
  readonly paymentUrl: string;
}

export interface Transaction {
  readonly id: string;
  readonly status: string;
  readonly amount: number;
  readonly currency: string;
  readonly externalReference?: string;
}

export async function createCheckout(merchant: Merchant, body: Readonly<Record<string, unknown>>): Promise<CreatedCheckout> {
  return (await call(merchant, `/v1/checkouts/${merchant.siteId}/create`, body)) as CreatedCheckout;
}

export async function readTransaction(merchant: Merchant, id: string): Promise<Transaction> {
  return (await call(merchant, `/v1/transactions/${id}`)) as Transaction;
}

export async function listTransactions(
  merchant: Merchant,
  query: Readonly<Record<string, string>>,
): Promise<{ transactions: Transaction[]; total: number }> {
  return (await call(merchant, `/v1/transactions?${new URLSearchParams(query).toString()}`)) as {
    transactions: Transaction[];
    total: number;
  };
}

async function call(merchant: Merchant, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(merchant.adminApiUrl + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${merchant.apiKey}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(20_000),
  });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${path} answered ${response.status}: ${text}`);
  return JSON.parse(text);
}
