import fastify from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** What the service can say, in the words of its documentation. */
export type ViesWord =
  | 'VALID'
  | 'INVALID'
  | 'INVALID_INPUT'
  | 'INVALID_REQUESTER_INFO'
  | 'SERVICE_UNAVAILABLE'
  | 'MS_UNAVAILABLE'
  | 'TIMEOUT'
  | 'VAT_BLOCKED'
  | 'IP_BLOCKED'
  | 'GLOBAL_MAX_CONCURRENT_REQ'
  | 'GLOBAL_MAX_CONCURRENT_REQ_TIME'
  | 'MS_MAX_CONCURRENT_REQ'
  | 'MS_MAX_CONCURRENT_REQ_TIME'
  // What happens to any server.
  | 'silence'
  | 'garbage'
  | 'html_503'
  | 'unknown_error'
  | 'huge'
  | 'reset'
  | 'redirect';

/** Its documented test numbers. */
export const TEST_NUMBERS: Readonly<Record<string, ViesWord>> = {
  '100': 'VALID',
  '200': 'INVALID',
  '201': 'INVALID_INPUT',
  '202': 'INVALID_REQUESTER_INFO',
  '300': 'SERVICE_UNAVAILABLE',
  '301': 'MS_UNAVAILABLE',
  '302': 'TIMEOUT',
  '400': 'VAT_BLOCKED',
  '401': 'IP_BLOCKED',
  '500': 'GLOBAL_MAX_CONCURRENT_REQ',
  '501': 'GLOBAL_MAX_CONCURRENT_REQ_TIME',
  '600': 'MS_MAX_CONCURRENT_REQ',
  '601': 'MS_MAX_CONCURRENT_REQ_TIME',
};

export interface ViesQuestion {
  countryCode: string;
  vatNumber: string;
  requesterMemberStateCode?: string;
  requesterNumber?: string;
}

interface Trader {
  name: string;
  address: string;
}

/** The Commission's VAT number service on the loopback: `check-vat-number` of its REST interface, errors with HTTP 200 included. */
export class ViesFake {
  /** Every question, in the order in which it came. */
  readonly questions: ViesQuestion[] = [];
  private readonly words = new Map<string, ViesWord[]>();
  private readonly traders = new Map<string, Trader>();
  private readonly app: FastifyInstance = fastify({ forceCloseConnections: true });
  private address = '';
  private given = 0;

  private constructor() {
    const answer = (request: FastifyRequest, reply: FastifyReply): unknown => this.answer(request.body as ViesQuestion, reply);
    this.app.post('/rest-api/check-vat-number', answer);
    this.app.post('/rest-api/check-vat-test-service', answer);
    this.app.get('/rest-api/elsewhere', () => ({ valid: true }));
  }

  static async start(): Promise<ViesFake> {
    const fake = new ViesFake();
    fake.address = await fake.app.listen({ host: '127.0.0.1', port: 0 });
    return fake;
  }

  async stop(): Promise<void> {
    await this.app.close();
  }

  get url(): string {
    return `${this.address}/rest-api`;
  }

  /** A company with a VAT id, prefix included. States that tell nothing have dashes for its name. */
  knows(vatId: string, trader: Trader = { name: '---', address: '---' }): void {
    this.traders.set(vatId, trader);
    this.says(vatId, 'VALID');
  }

  /** What it says about a VAT id, one word after the other; the last one for good. Numbers it knows nothing of are invalid. */
  says(vatId: string, ...words: ViesWord[]): void {
    this.words.set(vatId, words);
  }

  /** As it was at the beginning. */
  forget(): void {
    this.questions.length = 0;
    this.words.clear();
    this.traders.clear();
  }

  /** How often it was asked about a VAT id. */
  timesAsked(vatId: string): number {
    return this.questions.filter(({ countryCode, vatNumber }) => countryCode + vatNumber === vatId).length;
  }

  private answer(question: ViesQuestion, reply: FastifyReply): unknown {
    this.questions.push(question);
    const { vatNumber } = question;
    const word = this.nextWord(question.countryCode + vatNumber) ?? TEST_NUMBERS[vatNumber] ?? 'INVALID';
    switch (word) {
      case 'VALID':
      case 'INVALID':
        return this.found(question, word === 'VALID');
      case 'silence':
        return new Promise(() => undefined);
      case 'garbage':
        return reply.type('application/json').send('{"valid": tr');
      case 'html_503':
        return reply.code(503).type('text/html').send('<html><body>Apache/2.4 secret-host.internal</body></html>');
      case 'unknown_error':
        return { actionSucceed: false, errorWrappers: [{ error: 'JAVA_LANG_NPE', message: 'at eu.europa.secret(Vies.java:12)' }] };
      case 'huge':
        return { valid: true, name: 'x'.repeat(1024 * 1024) };
      case 'reset':
        reply.raw.destroy();
        return reply.hijack();
      case 'redirect':
        return reply.redirect('/rest-api/elsewhere', 302);
      default:
        return { actionSucceed: false, errorWrappers: [{ error: word, message: word.toLowerCase() }] };
    }
  }

  private nextWord(vatId: string): ViesWord | undefined {
    const words = this.words.get(vatId);
    return words && (words.length > 1 ? words.shift() : words[0]);
  }

  private found({ countryCode, vatNumber, requesterNumber }: ViesQuestion, valid: boolean): object {
    const trader = this.traders.get(countryCode + vatNumber) ?? { name: 'John Doe', address: '123 Main St, Anytown, UK' };
    const { name, address } = valid ? trader : { name: '---', address: '---' };
    return {
      countryCode,
      vatNumber,
      requestDate: new Date().toISOString(),
      valid,
      requestIdentifier: requesterNumber === undefined ? '' : `WAPIAAA${String(++this.given).padStart(9, '0')}`,
      name,
      address,
      traderName: '---',
      traderNameMatch: 'NOT_PROCESSED',
    };
  }
}
