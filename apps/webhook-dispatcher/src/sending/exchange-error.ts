/** Why an exchange gave no answer, in words that a merchant reads in the delivery log. */
export type ExchangeError =
  | 'timeout'
  | 'target_not_allowed'
  | 'dns_failed'
  | 'connection_refused'
  | 'connection_reset'
  | 'unreachable'
  | 'tls_failed'
  | 'invalid_answer'
  | 'connection_failed';

const BY_CODE: Readonly<Record<string, ExchangeError>> = {
  ERR_TARGET_NOT_ALLOWED: 'target_not_allowed',
  ENOTFOUND: 'dns_failed',
  EAI_AGAIN: 'dns_failed',
  ECONNREFUSED: 'connection_refused',
  ECONNRESET: 'connection_reset',
  EPIPE: 'connection_reset',
  UND_ERR_SOCKET: 'connection_reset',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_OVERFLOW: 'invalid_answer',
  EPROTO: 'tls_failed',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls_failed',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls_failed',
};

export function exchangeErrorOf(error: unknown): ExchangeError {
  const code = codeOf(error);
  const known = BY_CODE[code];
  if (known) return known;
  if (code.startsWith('HPE_')) return 'invalid_answer';
  if (/^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|ERR_OSSL)/.test(code)) return 'tls_failed';
  return 'connection_failed';
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return '';
}
