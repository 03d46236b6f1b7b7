/** At most `limit` requests in any stretch of `seconds`. */
export interface RateLimitWindow {
  limit: number;
  seconds: number;
}

/** Limits that hold at the same time for one kind of caller. */
export interface RateLimitPolicy {
  /** Part of the keys in Redis and label of the metrics: lower-case letters, digits, `-` and `_`. */
  name: string;
  windows: readonly RateLimitWindow[];
  /** What happens to requests while Redis cannot be asked. */
  whenUnavailable: 'allow' | 'refuse';
}

export type PanelRole = 'api_user' | 'merchant' | 'partner_api' | 'admin' | 'super_admin';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

const BACKEND_WINDOWS: readonly RateLimitWindow[] = [
  { limit: 100, seconds: MINUTE },
  { limit: 500, seconds: 5 * MINUTE },
];

/** The Admin API, per key, user or address. */
export const ADMIN_API_POLICY: RateLimitPolicy = { name: 'admin-api', windows: BACKEND_WINDOWS, whenUnavailable: 'allow' };

/** What buyers use, per client address. */
export const BUYER_POLICY: RateLimitPolicy = { name: 'buyer', windows: BACKEND_WINDOWS, whenUnavailable: 'allow' };

/** What of it leads to questions about VAT ids, per client address: other people's service is asked. */
export const VAT_ID_POLICY: RateLimitPolicy = {
  name: 'vat-id',
  windows: [
    { limit: 30, seconds: MINUTE },
    { limit: 300, seconds: HOUR },
  ],
  whenUnavailable: 'allow',
};

/** Wrong keys and tokens, per client address. Only failures are counted. */
export const FAILED_AUTHENTICATION_POLICY: RateLimitPolicy = {
  name: 'failed-authentication',
  windows: [
    { limit: 30, seconds: MINUTE },
    { limit: 100, seconds: 5 * MINUTE },
  ],
  whenUnavailable: 'allow',
};

/** Attempts to sign in or register, per client address. Guessing must not become free because Redis is away. */
export const SIGN_IN_POLICY: RateLimitPolicy = {
  name: 'sign-in',
  windows: [
    { limit: 20, seconds: MINUTE },
    { limit: 100, seconds: HOUR },
  ],
  whenUnavailable: 'refuse',
};

/** Requests to the public test receiver, per client address. What is sent there is stored, so it stops when it cannot be counted. */
export const TEST_RECEIVER_POLICY: RateLimitPolicy = {
  name: 'test-receiver',
  windows: [{ limit: 60, seconds: MINUTE }],
  whenUnavailable: 'refuse',
};

/** The Panel API, per account. */
export const PANEL_POLICIES: Readonly<Record<PanelRole, RateLimitPolicy>> = {
  api_user: panelPolicy('api_user', 100),
  merchant: panelPolicy('merchant', 500),
  partner_api: panelPolicy('partner_api', 500),
  admin: panelPolicy('admin', 2_000),
  super_admin: panelPolicy('super_admin', 2_000),
};

function panelPolicy(role: PanelRole, perHour: number): RateLimitPolicy {
  return { name: `panel-${role}`, windows: [{ limit: perHour, seconds: HOUR }], whenUnavailable: 'allow' };
}
