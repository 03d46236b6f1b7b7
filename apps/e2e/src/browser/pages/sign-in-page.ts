import type { Locator, Page } from 'playwright-core';
import type { Screen } from '../screens.js';

/** Our page for signing in, found as a person finds it: by what is written on it. */
export class SignInPage {
  readonly email: Locator;
  readonly name: Locator;
  readonly device: Locator;
  readonly organization: Locator;
  readonly alert: Locator;
  private readonly passkeys: Locator;

  constructor(
    private readonly page: Page,
    private readonly screen: Screen,
  ) {
    this.email = page.getByRole('textbox', { name: 'E-mail address' });
    this.name = page.getByRole('textbox', { name: 'Your name' });
    this.device = page.getByRole('textbox', { name: /Name of (this|another) device/ });
    this.organization = page.getByRole('combobox', { name: 'Organization' });
    this.alert = page.getByRole('alert');
    this.passkeys = page.getByRole('list', { name: 'Your passkeys' }).getByRole('listitem');
  }

  async open(address: string): Promise<void> {
    await this.page.goto(address);
  }

  async shows(title: string): Promise<void> {
    await this.page.getByRole('heading', { name: title, exact: true }).waitFor();
  }

  /** Waits for news that are read out. */
  async says(text: string): Promise<void> {
    await this.page.getByRole('status').getByText(text, { exact: true }).waitFor();
  }

  async complains(text: string | RegExp): Promise<void> {
    await this.alert.getByText(text).waitFor();
  }

  async press(name: string): Promise<void> {
    await this.screen.press(this.page.getByRole('button', { name, exact: true }));
  }

  async signOutAndIn(): Promise<void> {
    await this.press('Sign out');
    await this.says('You are signed out.');
    await this.press('Sign in with a passkey');
    await this.says('You are signed in.');
  }

  /** Names of the listed passkeys, in order. */
  async passkeyNames(): Promise<string[]> {
    return this.passkeys.locator('.passkey-label').allTextContents();
  }
}
