import type { EndpointView } from '@paygate/messages';

/** How the audit log names an endpoint. */
export function auditedResource({ endpointId, url }: Pick<EndpointView, 'endpointId' | 'url'>): { type: string; id: string; name: string } {
  return { type: 'webhook_endpoint', id: endpointId, name: url };
}

/** What the audit log tells of an endpoint. Values that are kept secret are no part of the view. */
export function auditedEndpoint({ family, slot, url, description, events, headers, username, merchantId, state }: EndpointView): object {
  return { family, slot, url, description, events, headers: headers.map(({ name }) => name), username, merchantId, state };
}

export interface GivenSecrets {
  headers?: readonly { name: string; value?: string }[];
  credentials?: object | null;
  secret?: string;
}

/** Which secret values a request has set: that they were, not what they are. */
export const MASKED_VALUES = ['headerValues'] as const;

export function auditedSecrets({ headers = [], credentials, secret }: GivenSecrets): object {
  const given = headers.filter(({ value }) => value !== undefined).map(({ name, value }) => [name, value] as const);
  return {
    ...(given.length === 0 ? {} : { headerValues: Object.fromEntries(given) }),
    ...(credentials ? { credentials } : {}),
    ...(secret === undefined ? {} : { secret }),
  };
}
