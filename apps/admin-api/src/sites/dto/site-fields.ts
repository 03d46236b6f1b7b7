import { IPN_VERSIONS } from '../site.js';

export const MAX_PROVIDERS = 50;
export const MAX_ORIGINS = 50;
export const MAX_ROUTING_RULES = 50;

/** How the fields of a site are described, in requests and answers alike. */
export const FIELDS = {
  name: { type: String, maxLength: 200, description: 'Buyers read it. Only one site of the organization has it.', example: 'Example Shop' },
  active: { type: Boolean, description: 'Whether checkouts can be created and paid.', example: true },
  testOnly: {
    type: Boolean,
    description: 'It serves test checkouts only. Test keys may change such sites, and no others.',
    example: false,
  },
  providerIds: {
    type: 'array',
    items: { type: 'string' },
    maxItems: MAX_PROVIDERS,
    description:
      'Payment providers of the organization, offered in this order. Live checkouts offer the live ones, test checkouts those for tests.',
    example: ['507f1f77bcf86cd799439013'],
  },
  defaultProviderId: { type: String, description: 'One of `providerIds`: what a buyer finds chosen.', example: '507f1f77bcf86cd799439013' },
  routing: {
    maxItems: MAX_ROUTING_RULES,
    description:
      'Which provider takes which payment. The first rule that holds decides a provider’s place; a provider whose rules all fail is not ' +
      'offered; those no rule names come last and take everything. Rules about providers that are no longer in `providerIds` are removed.',
    example: [
      { providerId: '507f1f77bcf86cd799439013', currencies: ['EUR'], maxAmount: 100_000, countries: ['DE', 'AT'], onRefusal: 'next' },
    ],
  },
  logoUrl: { type: String, format: 'uri', maxLength: 2000, description: 'https only.', example: 'https://shop.example/logo.svg' },
  primaryColor: { type: String, pattern: '^#[0-9a-fA-F]{6}$', example: '#1f4fd8' },
  accentColor: {
    type: String,
    pattern: '^#[0-9a-fA-F]{6}$',
    description: 'Of links and what has the focus; the primary colour unless given.',
    example: '#0f766e',
  },
  ipnVersion: {
    enum: IPN_VERSIONS,
    description: 'Which form of notifications the site’s server understands. Version 1 is supported until 2027-06-30.',
    example: 2,
  },
  supersedeOpenCheckouts: {
    type: Boolean,
    description: 'Whether a new checkout of the same `externalReference` replaces the older open ones.',
    example: true,
  },
  allowedOrigins: {
    type: 'array',
    items: { type: 'string' },
    maxItems: MAX_ORIGINS,
    description: 'Origins whose pages may call the buyer API.',
    example: ['https://shop.example'],
  },
  supportEmail: { type: String, format: 'email', maxLength: 254, example: 'support@shop.example' },
  invoicePrefix: {
    type: String,
    maxLength: 20,
    description: 'Instead of the prefix in the number layout of the organization.',
    example: 'SHOP-',
  },
  creditNotePrefix: { type: String, maxLength: 20, example: 'SHOP-CN-' },
} as const;
