import { Injectable } from '@nestjs/common';
import { MainConfig } from '../main-config.js';

/** The public addresses of a checkout's pages. */
@Injectable()
export class CheckoutAddresses {
  private readonly base: string;

  constructor(config: MainConfig) {
    this.base = config.CHECKOUT_PUBLIC_URL.replace(/\/+$/, '');
  }

  /** Where a buyer pays. */
  payment(shortCode: string): string {
    return `${this.base}/checkout/${shortCode}`;
  }

  /** Where the provider sends the buyer back to, whatever the outcome. */
  providerReturn(shortCode: string, transactionId: string): string {
    return `${this.payment(shortCode)}/return?transactionId=${transactionId}`;
  }

  /** `https://pay.example.com`, as browsers write it in `Origin`. */
  get origin(): string {
    return new URL(this.base).origin;
  }
}
