/** The life of a simulated refund as data. A bank may send back what it was sent. */
export const SANDBOX_REFUND_TRANSITIONS = {
  queued: ['paid_out', 'rejected'],
  paid_out: ['rejected'],
  rejected: [],
} as const satisfies Record<string, readonly string[]>;

export type SandboxRefundStatus = keyof typeof SANDBOX_REFUND_TRANSITIONS;

export const SANDBOX_REFUND_STATUSES = Object.keys(SANDBOX_REFUND_TRANSITIONS) as readonly SandboxRefundStatus[];

export function canSandboxRefundMove(from: SandboxRefundStatus, to: SandboxRefundStatus): boolean {
  return (SANDBOX_REFUND_TRANSITIONS[from] as readonly SandboxRefundStatus[]).includes(to);
}

export interface SandboxRefund {
  readonly id: string;
  /** As of the payment. */
  readonly account: string;
  readonly paymentId: string;
  readonly transactionId: string;
  /** The merchant's own id of it. */
  readonly refundId?: string;
  readonly status: SandboxRefundStatus;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly reason?: string;
  /** When it is decided. */
  readonly settleAt?: Date;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
