import { Injectable } from '@nestjs/common';
import type { TransactionRecord } from './transaction.js';

/** Does something about an undecided payment before its provider is asked. What it throws postpones the whole look. */
export type LookUpStep = (transaction: TransactionRecord) => Promise<void>;

/** What other parts of the service do whenever an undecided payment is looked at. */
@Injectable()
export class LookUpSteps {
  private readonly steps: LookUpStep[] = [];

  add(step: LookUpStep): void {
    this.steps.push(step);
  }

  async run(transaction: TransactionRecord): Promise<void> {
    for (const step of this.steps) await step(transaction);
  }
}
