/** The life of a simulated dispute as data. */
export const SANDBOX_DISPUTE_TRANSITIONS = {
  opened: ['reviewing', 'merchant_won', 'buyer_won', 'conceded'],
  reviewing: ['merchant_won', 'buyer_won', 'conceded'],
  merchant_won: [],
  buyer_won: [],
  conceded: [],
} as const satisfies Record<string, readonly string[]>;

export type SandboxDisputeStatus = keyof typeof SANDBOX_DISPUTE_TRANSITIONS;

export const SANDBOX_DISPUTE_STATUSES = Object.keys(SANDBOX_DISPUTE_TRANSITIONS) as readonly SandboxDisputeStatus[];

export function canSandboxDisputeMove(from: SandboxDisputeStatus, to: SandboxDisputeStatus): boolean {
  return (SANDBOX_DISPUTE_TRANSITIONS[from] as readonly SandboxDisputeStatus[]).includes(to);
}

export interface SandboxDispute {
  readonly id: string;
  /** As of the payment. */
  readonly account: string;
  readonly paymentId: string;
  readonly transactionId: string;
  readonly status: SandboxDisputeStatus;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly reason: string;
  readonly evidenceDueBy: Date;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
