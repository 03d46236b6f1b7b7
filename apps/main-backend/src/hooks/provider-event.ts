import type { TenantScope } from '@paygate/kernel';
import type { ProviderSubject } from '../providers/index.js';

/** A verified notification of a provider, kept until it has been applied. */
export interface ProviderEventRecord {
  readonly id: string;
  readonly scope: TenantScope;
  readonly providerId: string;
  /** The provider's own id of it. */
  readonly eventId: string;
  readonly type: string;
  readonly subject: ProviderSubject;
  readonly receivedAt: Date;
  readonly attempts: number;
}
