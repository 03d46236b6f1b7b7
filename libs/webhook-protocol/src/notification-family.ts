/** The notifications a merchant can receive. Each has its own body, its own headers and its own idea of an acknowledgement. */
export const NOTIFICATION_FAMILIES = ['site_ipn', 'merchant_webhook', 'platform_webhook', 'panel_webhook'] as const;

export type NotificationFamily = (typeof NOTIFICATION_FAMILIES)[number];
