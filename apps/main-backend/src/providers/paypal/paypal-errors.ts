import { DomainError } from '@paygate/kernel';
import { textIn } from '../json-reading.js';
import { ProviderRefusal } from '../provider-adapter.js';

export interface PaypalAnswer {
  readonly status: number;
  /** Parsed JSON; undefined when there was none. */
  readonly body: unknown;
  /** PayPal's own number of the call; its support asks for it. */
  readonly debugId?: string;
}

/** PayPal did not accept client id and secret, so nothing was done. */
export class PaypalCredentialsRejected extends DomainError {
  constructor(answer?: PaypalAnswer) {
    super('provider_error', 'The payment provider did not accept our credentials.', undefined, { cause: answer && trace(answer) });
  }
}

/** PayPal refused, and says why. `message` is for people. */
export class PaypalRefusal extends ProviderRefusal {
  constructor(answer: PaypalAnswer, message: string) {
    super({ code: (issueOf(answer) ?? 'refused').toLowerCase(), message });
    this.cause = trace(answer);
  }
}

/** For an answer that leaves open what happened. PayPal's number of the call goes into the log with it. */
export function undecided(answer: PaypalAnswer): DomainError {
  const message = `The payment provider gave an answer that cannot be used (status ${answer.status}).`;
  return new DomainError('provider_error', message, undefined, { cause: trace(answer) });
}

/** What PayPal calls the problem, most precise first: `INSTRUMENT_DECLINED`, else `UNPROCESSABLE_ENTITY`. */
export function issueOf({ body }: PaypalAnswer): string | undefined {
  const details: unknown = typeof body === 'object' && body !== null && 'details' in body ? body.details : undefined;
  const issue = Array.isArray(details) ? textIn(details[0], 'issue') : undefined;
  return issue ?? textIn(body, 'name');
}

/** For the log only: names and numbers of PayPal's, none of its texts, which may quote what was sent. */
export function trace(answer: PaypalAnswer): Error {
  return new Error(`PayPal answered ${answer.status} ${issueOf(answer) ?? 'without a name'}, debug id ${answer.debugId ?? 'unknown'}`);
}
