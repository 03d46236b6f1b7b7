import { ALL_EVENTS, MAX_ENDPOINT_HEADERS } from '@paygate/messages';
import { isResponseHashKey, isSigningSecret, NOTIFICATION_EVENTS } from '@paygate/webhook-protocol';
import { isText, rule } from '../../validation-rules/index.js';

/** The events of all families, and the word for every event. Whether the family has an event is asked where endpoints are kept. */
export const EVENT_NAMES: readonly string[] = [ALL_EVENTS, ...new Set(Object.values(NOTIFICATION_EVENTS).flat())];

/** Text that is not empty; blanks count. */
export function IsFilledText(max: number): PropertyDecorator {
  return rule('text', `text of 1 to ${max} characters`, (value) => isText(value, max) && value !== '');
}

/** A secret a merchant brings along, e.g. from another system. */
export function IsEndpointSecret(): PropertyDecorator {
  return rule(
    'secret',
    '`whsec_` and base64, or for the platform family base64 of at least 32 characters; 20 to 200 characters in all',
    (value) => isText(value, 200) && (value as string).length >= 20 && (isSigningSecret(value) || isResponseHashKey(value)),
  );
}

/** Descriptions that creating and changing have in common. */
export const FIELDS = {
  url: {
    type: String,
    maxLength: 2000,
    description: 'Where notifications go: a public https address (http only outside production), without credentials and fragment.',
    example: 'https://shop.example/webhooks',
  },
  description: { type: String, maxLength: 500, example: 'Order system' },
  events: {
    type: [String] as [StringConstructor],
    description: 'Names of the family’s events; `*`, the default, is all of them but `endpoint.disabled`, which must be named.',
    example: ['transaction.status_changed', 'refund.status_changed'] as string[],
  },
  headers: {
    description:
      `At most ${MAX_ENDPOINT_HEADERS} headers and 4 kB, sent with every notification. ` +
      'None that the platform sets itself, such as `Host`, `Content-Type` or those of the signature. Values are kept encrypted and never shown again.',
  },
  credentials: { description: 'Sent as `Authorization: Basic …`. The password is kept encrypted and never shown again.' },
} as const;
