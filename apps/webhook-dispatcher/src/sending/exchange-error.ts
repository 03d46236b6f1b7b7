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

/** Not the receiver's doing: no attempt is used up. */
export type OwnFault = 'shutdown' | 'proxy_failed';

const BY_CODE: Readonly<Record<string, ExchangeError | OwnFault>> = {
  ERR_PROXY_FAILED: 'proxy_failed',
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
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'invalid_answer',
  EPROTO: 'tls_failed',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls_failed',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls_failed',
};

export function isOwnFault(error: ExchangeError | OwnFault): error is OwnFault {
  return error === 'shutdown' || error === 'proxy_failed';
}

export function exchangeErrorOf(error: unknown): ExchangeError | OwnFault {
  const code = codeOf(error);
  // An answer nobody asked for, such as "100 Continue" or another protocol: undici ends the connection by itself.
  if (code === 'UND_ERR_SOCKET' && /^bad (response|upgrade)$/.test(messageOf(error))) return 'invalid_answer';
  const known = BY_CODE[code];
  if (known) return known;
  // undici gives parser errors a code or only this name.
  if (code.startsWith('HPE_') || nameOf(error) === 'HTTPParserError') return 'invalid_answer';
  if (/^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|ERR_OSSL)/.test(code)) return 'tls_failed';
  return 'connection_failed';
}

/** Several addresses tried in vain come as one error holding all; the first speaks for them. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('errors' in error && Array.isArray(error.errors) && error.errors.length > 0) return codeOf(error.errors[0]);
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Not by class: undici's error classes answer instanceof in their own way. */
function nameOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'name' in error ? error.name : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : '';
}
