/** Why a payment failed, as far as the buyer can do something about it. */
export const FAILURE_REASONS = [
  'card_declined',
  'insufficient_funds',
  'expired_card',
  'incorrect_details',
  'authentication_failed',
  'limit_exceeded',
  'not_supported',
  'processing_error',
  'payment_expired',
  'debit_failed',
  'account_invalid',
] as const;
export type FailureReason = (typeof FAILURE_REASONS)[number];

/**
 * The codes providers use, from their documentation. A lost or stolen card and suspected fraud are told as "declined": the
 * person at the screen may not be the owner.
 */
const CODES: Readonly<Record<FailureReason, string>> = {
  card_declined:
    'generic_decline do_not_honor declined refused refused_by_issuer lost_card stolen_card pickup_card fraudulent possible_fraud inactive_card call_issuer transaction_not_allowed instrument_declined payer_cannot_pay refer_to_payer payment_declined',
  insufficient_funds: 'insufficient_fund not_enough_balance insufficient_balance',
  expired_card: 'card_expired',
  incorrect_details:
    'incorrect_number invalid_number invalid_card_number incorrect_cvc invalid_cvc invalid_cvv incorrect_zip invalid_expiry_month invalid_expiry_year invalid_card_holder_name incorrect_address',
  authentication_failed:
    'authentication_required payment_intent_authentication_failure authentication_abandoned three_d_secure_failed setup_intent_authentication_failure payer_action_required',
  limit_exceeded: 'card_velocity_exceeded withdrawal_count_limit_exceeded transaction_limit_exceeded payer_account_limit_exceeded',
  not_supported: 'card_not_supported currency_not_supported invalid_card_type service_not_allowed payment_method_not_supported',
  processing_error:
    'try_again_later issuer_not_available reenter_transaction approve_with_id unknown_reason provider_never_received internal_error',
  payment_expired: 'expired checkout_session_expired payment_method_timeout order_expired timeout',
  debit_failed: 'mandate_cancelled mandate_expired mandate_suspended authorisation_disputed debit_not_authorized refund_requested',
  account_invalid:
    'account_closed bank_account_closed invalid_bank_details bank_account_transferred invalid_account_number no_account bank_account_unusable',
};

const REASON_OF: ReadonlyMap<string, FailureReason> = new Map(
  FAILURE_REASONS.flatMap((reason) => [reason, ...CODES[reason].split(' ')].map((code) => [code, reason] as const)),
);

/** Undefined for a code nobody has explained to us. */
export function failureReason(code: string | undefined): FailureReason | undefined {
  return code === undefined ? undefined : REASON_OF.get(code.toLowerCase());
}
