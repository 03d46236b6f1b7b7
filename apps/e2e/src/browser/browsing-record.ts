import type { BrowserContext, ConsoleMessage, Request, Response } from 'playwright-core';

/** What a buyer types that must stay in the browser. */
export interface CardSecrets {
  readonly number: string;
  readonly cvc: string;
}

export interface SafetyRules {
  /** Origins whose pages must carry the strict policy. */
  readonly ownOrigins: readonly string[];
  /** Origins the buyer may be led to besides. */
  readonly shopOrigin: string;
  /** Console errors the journey is about, e.g. of a page that answers 404. */
  readonly expectedErrors?: readonly RegExp[];
}

const STRICT_POLICY: Readonly<Record<string, RegExp>> = {
  'default-src': /^'none'$/,
  'script-src': /^('self'|'nonce-[\w+/=]{20,}')$/,
  'style-src': /^'self'( 'nonce-[\w+/=]{20,}')?$/,
  'img-src': /^'self'$/,
  'connect-src': /^'self'$/,
  'form-action': /^'self'$/,
  'base-uri': /^'none'$/,
  'frame-ancestors': /^'none'$/,
};

/** Everything a browser sent, received and complained about during one journey. */
export class BrowsingRecord {
  readonly requests: Request[] = [];
  readonly responses: Response[] = [];
  private readonly complaints: string[] = [];
  private readonly strangers: string[] = [];
  private readonly typedCards: CardSecrets[] = [];

  constructor(
    context: BrowserContext,
    private readonly rules: SafetyRules,
  ) {
    context.on('request', (request) => this.sent(request));
    context.on('response', (response) => this.responses.push(response));
    context.on('console', (message) => this.said(message));
    context.on('weberror', (error) => this.complaints.push(`uncaught: ${error.error().message}`));
  }

  /** From now on nothing of this card may be seen in any request, also not in an earlier one. */
  protect(card: CardSecrets): void {
    this.typedCards.push(card);
  }

  /** Requests of one method whose path ends so. */
  sentTo(method: string, pathEnd: string): Request[] {
    return this.requests.filter((request) => request.method() === method && new URL(request.url()).pathname.endsWith(pathEnd));
  }

  /** Everything that was not as it has to be; empty after a clean journey. */
  problems(): string[] {
    return [...this.complaints, ...this.strangers, ...this.leaks(), ...this.loosePolicies()];
  }

  private sent(request: Request): void {
    this.requests.push(request);
    const { origin } = new URL(request.url());
    if (request.isNavigationRequest()) {
      if (![...this.rules.ownOrigins, this.rules.shopOrigin].includes(origin)) this.strangers.push(`led to ${request.url()}`);
      return;
    }
    // Asked now: the frame will have moved on by the time the journey ends.
    const page = new URL(request.frame().url()).origin;
    if (origin !== page) this.strangers.push(`${page} asked ${request.url()}`);
  }

  private said(message: ConsoleMessage): void {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    const text = `${message.text()} (${message.location().url})`;
    if (!this.rules.expectedErrors?.some((expected) => expected.test(text))) this.complaints.push(`console: ${text}`);
  }

  private leaks(): string[] {
    return this.requests.flatMap((request) => {
      const { pathname, search, hash } = new URL(request.url());
      const sent = readable([pathname, search, hash, request.postData() ?? '', request.headers()['referer'] ?? ''].join('\n'));
      return this.typedCards.flatMap((card) => leakOf(card, sent).map((what) => `${what} in ${request.method()} ${request.url()}`));
    });
  }

  private loosePolicies(): string[] {
    return this.responses.filter((response) => this.isOwnPage(response)).flatMap(policyProblems);
  }

  private isOwnPage(response: Response): boolean {
    const isPage = response.headers()['content-type']?.startsWith('text/html') ?? false;
    return isPage && this.rules.ownOrigins.includes(new URL(response.url()).origin);
  }
}

function policyProblems(response: Response): string[] {
  const policy = response.headers()['content-security-policy'] ?? '';
  const given = new Map(
    policy.split(';').map((directive) => {
      const [name = '', ...sources] = directive.trim().split(' ');
      return [name, sources.join(' ')];
    }),
  );
  const loose = Object.entries(STRICT_POLICY).some(([name, allowed]) => !allowed.test(given.get(name) ?? ''));
  return loose || given.size !== Object.keys(STRICT_POLICY).length ? [`policy of ${response.url()} is "${policy}"`] : [];
}

function leakOf({ number, cvc }: CardSecrets, sent: string): string[] {
  const digits = sent.replaceAll(/[\s+-]/g, '');
  return [
    ...(digits.includes(number.replaceAll(' ', '')) ? ['card number'] : []),
    // As a value of its own: three digits in a row stand in many an identifier.
    ...(new RegExp(`(?<![A-Za-z0-9_-])${cvc}(?![A-Za-z0-9_-])`).test(sent) ? ['security code'] : []),
  ];
}

/** With the escapes of forms and addresses undone, as far as they are valid. */
function readable(text: string): string {
  return text.replaceAll(/%[0-9a-f]{2}/gi, (escape) => String.fromCharCode(Number.parseInt(escape.slice(1), 16)));
}
