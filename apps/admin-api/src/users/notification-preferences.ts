/** What a person may be told about by e-mail, and whether they are unless they say otherwise. */
export const NOTIFICATION_DEFAULTS = {
  paymentSucceeded: false,
  paymentFailed: true,
  notificationUndeliverable: true,
  securityChanged: true,
} as const satisfies Record<string, boolean>;

export type NotificationKind = keyof typeof NOTIFICATION_DEFAULTS;

export const NOTIFICATION_KINDS = Object.keys(NOTIFICATION_DEFAULTS) as NotificationKind[];

export type NotificationPreferences = Record<NotificationKind, boolean>;
