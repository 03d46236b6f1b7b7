import type { Page } from 'playwright-core';
import type { Screen } from '../screens.js';

/** Where the buyer's bank asks who is paying (3-D Secure). */
export class ChallengePage {
  constructor(
    private readonly page: Page,
    private readonly screen: Screen,
  ) {}

  async shows(): Promise<void> {
    await this.page.getByRole('heading', { name: 'Confirm that it is you' }).waitFor();
  }

  async pass(): Promise<void> {
    await this.screen.press(this.page.getByRole('button', { name: 'Complete authentication' }));
  }

  async fail(): Promise<void> {
    await this.screen.press(this.page.getByRole('button', { name: 'Fail authentication' }));
  }
}
