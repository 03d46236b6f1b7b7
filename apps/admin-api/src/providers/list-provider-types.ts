import { PROVIDER_TYPES } from '@paygate/payments-domain';
import type { ProviderTypesResponse } from './dto/provider-types.response.js';

/** The catalogue as people and programs read it. */
export function listProviderTypes(): ProviderTypesResponse {
  const types = PROVIDER_TYPES.map(({ type, label, supportsLive, supportsTest, available, fields }) => ({
    type,
    label,
    supportsLive,
    supportsTest,
    available,
    fields: fields.map(({ name, label: fieldLabel, secret, required, format }) => ({ name, label: fieldLabel, secret, required, format })),
  }));
  return { types };
}
