import type { SandboxDispute, SandboxDisputeStatus } from './sandbox-dispute.js';
import type { SandboxRefund, SandboxRefundStatus } from './sandbox-refund.js';

/** A refund in the sandbox's API and webhooks. */
export interface SandboxRefundBody {
  id: string;
  paymentId: string;
  transactionId: string;
  refundId?: string;
  status: SandboxRefundStatus;
  amount: number;
  currency: string;
  reason?: string;
  failure?: { code: string; message: string };
  createdAt: string;
  updatedAt: string;
}

/** A dispute in the sandbox's API and webhooks. */
export interface SandboxDisputeBody {
  id: string;
  paymentId: string;
  transactionId: string;
  status: SandboxDisputeStatus;
  amount: number;
  currency: string;
  reason: string;
  evidenceDueBy: string;
  createdAt: string;
  updatedAt: string;
}

const REJECTED = { code: 'refund_rejected', message: "The buyer's bank did not take the money back." };

export function presentRefund({
  account: _account,
  settleAt: _settleAt,
  createdAt,
  updatedAt,
  ...fields
}: SandboxRefund): SandboxRefundBody {
  const failure = fields.status === 'rejected' ? REJECTED : undefined;
  return { ...fields, failure, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}

export function presentDispute({ account: _account, evidenceDueBy, createdAt, updatedAt, ...fields }: SandboxDispute): SandboxDisputeBody {
  return {
    ...fields,
    evidenceDueBy: evidenceDueBy.toISOString(),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
