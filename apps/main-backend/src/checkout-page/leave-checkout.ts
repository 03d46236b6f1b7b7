import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import { CancelTransaction } from '../transactions/index.js';
import { leftPath, pagePath } from './checkout-paths.js';
import { checkoutScreen } from './checkout-screen.js';
import { LoadCheckout } from './load-checkout.js';
import type { LoadedCheckout } from './load-checkout.js';

/** `leave`: back to the shop. `choose`: stay and pay another way. */
export type LeaveIntent = 'leave' | 'choose';

/** The buyer gives up the attempt in progress, if any, and leaves or chooses again. The checkout itself stays payable. */
@Injectable()
export class LeaveCheckout {
  constructor(
    private readonly load: LoadCheckout,
    private readonly cancelTransaction: CancelTransaction,
  ) {}

  /** @returns the path of the page that comes next; it says so when the attempt could not be cancelled */
  async execute(shortCode: string, intent: LeaveIntent): Promise<{ loaded: LoadedCheckout; path: string }> {
    const loaded = await this.load.execute(shortCode);
    return { loaded, path: await this.nextPath(loaded, intent) };
  }

  private async nextPath(loaded: LoadedCheckout, intent: LeaveIntent): Promise<string> {
    const page = pagePath(loaded.checkout.shortCode);
    const { kind } = checkoutScreen(loaded);
    if ((kind === 'processing' || kind === 'pending') && loaded.transaction) {
      const cancelled = await this.cancel(loaded.transaction.id, loaded.checkout.sessionPublicId);
      if (!cancelled) return `${page}?cancelled=no`;
    } else if (kind !== 'open') return page;
    return intent === 'leave' ? leftPath(loaded.checkout.shortCode) : page;
  }

  private async cancel(transactionId: string, sessionPublicId: string): Promise<boolean> {
    try {
      await this.cancelTransaction.execute({ transactionId, sessionPublicId });
      return true;
    } catch (error) {
      const expected = ['transaction_not_cancellable', 'payment_in_progress', 'provider_error'];
      if (error instanceof DomainError && expected.includes(error.code)) return false;
      throw error;
    }
  }
}
