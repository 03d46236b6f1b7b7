/** A merchant's account at a payment provider. Inert until a site offers it. */
export interface Provider {
  id: string;
  organizationId: string;
  /** Test-mode accounts serve test checkouts only, live ones live checkouts only. */
  livemode: boolean;
  /** A type of the catalogue: `sandbox`, `stripe`, … */
  type: string;
  /** What the buyer reads. */
  label: string;
  description?: string;
  enabled: boolean;
  /** JSON of the credentials, encrypted for this provider. */
  credentials: string;
  createdAt: Date;
  updatedAt: Date;
  /** Since then it is offered to nobody and shown to nobody; its payments in flight are still decided. */
  deletedAt?: Date;
}

/** A change of some fields: what is absent stays, and `null` removes what is optional. */
export interface ProviderChange {
  label?: string;
  description?: string | null;
  enabled?: boolean;
  /** Encrypted. */
  credentials?: string;
}
