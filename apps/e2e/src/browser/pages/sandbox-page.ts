import type { Locator, Page } from 'playwright-core';
import type { CardSecrets } from '../browsing-record.js';
import type { Screen } from '../screens.js';

/** The provider's payment page. */
export class SandboxPage {
  readonly number: Locator;
  readonly expiry: Locator;
  readonly cvc: Locator;
  readonly holder: Locator;
  readonly payButton: Locator;

  constructor(
    private readonly page: Page,
    private readonly screen: Screen,
    private readonly onCard: (card: CardSecrets) => void,
  ) {
    this.number = page.getByRole('textbox', { name: 'Card number' });
    this.expiry = page.getByRole('textbox', { name: 'Expiry (MM / YY)' });
    this.cvc = page.getByRole('textbox', { name: 'Security code' });
    this.holder = page.getByRole('textbox', { name: 'Name on card' });
    this.payButton = page.getByRole('button', { name: /^Pay / });
  }

  async shows(): Promise<void> {
    await this.page.getByRole('heading', { name: 'Pay by card or bank debit' }).waitFor();
  }

  /** Types a card into the fields and pays. */
  async payByCard(card: CardSecrets): Promise<void> {
    this.onCard(card);
    await this.number.pressSequentially(card.number);
    await this.expiry.fill('12 / 39');
    await this.cvc.fill(card.cvc);
    await this.holder.fill('Ada Lovelace');
    await this.pay();
  }

  async payByDebit(iban: string): Promise<void> {
    await this.screen.press(this.page.getByRole('radio', { name: 'Bank debit' }));
    await this.page.getByRole('textbox', { name: 'IBAN' }).pressSequentially(iban);
    await this.pay();
  }

  /** Without a script the page offers a list instead of fields. */
  async payByListedCard(label: string): Promise<void> {
    await this.screen.press(this.page.getByRole('radio', { name: label }));
    await this.pay();
  }

  async cancel(): Promise<void> {
    await this.screen.press(this.page.getByRole('button', { name: 'Cancel and go back' }));
  }

  private async pay(): Promise<void> {
    await this.screen.press(this.payButton);
  }
}
