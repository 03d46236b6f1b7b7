import { Injectable } from '@nestjs/common';
import { ChangePayment } from './change-payment.js';
import { moveByChallenge, moveByInstrument } from './sandbox-payment.js';
import type { SandboxMove, SandboxPayment } from './sandbox-payment.js';
import { SandboxConfig } from './sandbox.config.js';

/** What a buyer can do: pay with a test instrument, or answer the question of their bank. */
@Injectable()
export class SimulateBuyer {
  constructor(
    private readonly change: ChangePayment,
    private readonly config: SandboxConfig,
  ) {}

  /**
   * @param token of a test instrument, or `challenge_passed` / `challenge_failed`
   * @returns the payment as it then stands; undefined when there is no such token
   */
  async execute(payment: SandboxPayment, token: string): Promise<SandboxPayment | undefined> {
    const move = this.moveFor(payment, token);
    return move === 'none' ? payment : move && this.change.execute(payment, move);
  }

  /** An instrument pays only what still waits for one; a challenge answers only what asked for one. */
  private moveFor(payment: SandboxPayment, token: string): SandboxMove | 'none' | undefined {
    if (token === 'challenge_passed' || token === 'challenge_failed') {
      return payment.status === 'challenge_required' ? moveByChallenge(token === 'challenge_passed') : 'none';
    }
    const move = moveByInstrument(token, new Date(), this.config.SANDBOX_DEBIT_DELAY_MS);
    return move && (payment.status === 'awaiting_buyer' ? move : 'none');
  }
}
