import { StripeFault } from './stripe-answers.js';
import type { StripeAnswer } from './stripe-answers.js';

interface KeptAnswer {
  readonly request: string;
  /** Absent while the first request is being worked on. */
  answer?: StripeAnswer;
}

/**
 * Idempotency keys of one account: the first answer is kept, also when it is an error, and repeated word for word. Not kept
 * is what was refused before anything began: bad parameters, and a key that is in use.
 */
export class StripeIdempotency {
  private readonly kept = new Map<string, KeptAnswer>();

  async run(key: string | undefined, request: string, work: () => Promise<StripeAnswer>): Promise<StripeAnswer> {
    if (key === undefined) return work();
    const known = this.kept.get(key);
    if (known) return this.repeat(known, request);
    const entry: KeptAnswer = { request };
    this.kept.set(key, entry);
    try {
      entry.answer = await work();
      return entry.answer;
    } catch (error) {
      const begun = error instanceof StripeFault && (error.answer.status === 402 || error.answer.status >= 500);
      if (begun) entry.answer = error.answer;
      else this.kept.delete(key);
      throw error;
    }
  }

  private repeat({ request: first, answer }: KeptAnswer, request: string): StripeAnswer {
    if (first !== request) {
      const message = 'Keys for idempotent requests can only be used with the same parameters they were first used with.';
      throw new StripeFault(400, { type: 'idempotency_error', message });
    }
    if (!answer) {
      const message = 'There is currently another in-progress request using this idempotency key.';
      throw new StripeFault(409, { type: 'idempotency_error', code: 'idempotency_key_in_use', message });
    }
    return { ...answer, headers: { ...answer.headers, 'idempotent-replayed': 'true' } };
  }
}
