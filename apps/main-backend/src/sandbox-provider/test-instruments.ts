/** What a test card or account leads to. */
export type InstrumentOutcome =
  | { readonly kind: 'paid'; readonly refundsFail?: boolean }
  | { readonly kind: 'declined'; readonly code: string }
  | { readonly kind: 'challenge' }
  /** Decided later: first processing, then paid or declined. */
  | { readonly kind: 'debit'; readonly thenDeclined?: string };

/** A card or account that exists only here. The page's script turns its number into the token; the number itself is never sent. */
export interface TestInstrument {
  readonly token: string;
  readonly type: 'card' | 'bank_debit';
  readonly number: string;
  readonly label: string;
  readonly brand?: string;
  readonly outcome: InstrumentOutcome;
}

export const TEST_INSTRUMENTS: readonly TestInstrument[] = [
  card('tok_success', '4242 4242 4242 4242', 'Succeeds', { kind: 'paid' }),
  card('tok_declined', '4000 0000 0000 0002', 'Is declined', { kind: 'declined', code: 'card_declined' }),
  card('tok_insufficient_funds', '4000 0000 0000 9995', 'Has no money', { kind: 'declined', code: 'insufficient_funds' }),
  card('tok_expired_card', '4000 0000 0000 0069', 'Has expired', { kind: 'declined', code: 'expired_card' }),
  card('tok_refund_fails', '4000 0000 0000 5126', 'Succeeds, its refunds fail', { kind: 'paid', refundsFail: true }),
  card('tok_3ds', '4000 0027 6000 3184', 'Asks for 3-D Secure', { kind: 'challenge' }),
  debit('tok_debit_success', 'DE89 3704 0044 0532 0130 00', 'Is confirmed later', { kind: 'debit' }),
  debit('tok_debit_failed', 'DE62 3704 0044 0532 0130 01', 'Fails later', { kind: 'debit', thenDeclined: 'debit_failed' }),
];

const BY_TOKEN = new Map(TEST_INSTRUMENTS.map((instrument) => [instrument.token, instrument]));

export function testInstrument(token: string): TestInstrument | undefined {
  return BY_TOKEN.get(token);
}

export function last4(instrument: TestInstrument): string {
  return instrument.number.replaceAll(' ', '').slice(-4);
}

/** What the provider says about a refusal. */
export const DECLINE_TEXTS: Readonly<Record<string, string>> = {
  card_declined: 'The card was declined.',
  insufficient_funds: 'The account has insufficient funds.',
  expired_card: 'The card has expired.',
  authentication_failed: 'The buyer did not pass 3-D Secure.',
  debit_failed: 'The bank returned the debit.',
};

function card(token: string, number: string, label: string, outcome: InstrumentOutcome): TestInstrument {
  return { token, type: 'card', number, label, brand: 'Visa', outcome };
}

function debit(token: string, number: string, label: string, outcome: InstrumentOutcome): TestInstrument {
  return { token, type: 'bank_debit', number, label, outcome };
}
