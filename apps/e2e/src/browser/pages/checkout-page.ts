import type { Locator, Page } from 'playwright-core';
import type { Screen } from '../screens.js';

/** What a buyer types into the payment page; the country as it is called there. */
export interface BillingDetails {
  readonly email: string;
  readonly name: string;
  readonly country: string;
  readonly postcode: string;
  readonly city: string;
}

export const ADA: BillingDetails = {
  email: 'ada@example.com',
  name: 'Ada Lovelace',
  country: 'Germany',
  postcode: '10117',
  city: 'Berlin',
};

/** Our hosted payment page, found as a person finds it: by what is written on it. */
export class CheckoutPage {
  readonly email: Locator;
  readonly name: Locator;
  readonly country: Locator;
  readonly payButton: Locator;
  readonly alert: Locator;
  private readonly addressSummary: Locator;
  private readonly postcode: Locator;
  private readonly city: Locator;

  constructor(
    private readonly page: Page,
    private readonly screen: Screen,
  ) {
    this.email = page.getByRole('textbox', { name: 'Email' });
    this.name = page.getByRole('textbox', { name: 'Full name' });
    this.country = page.getByRole('combobox', { name: 'Country' });
    this.payButton = page.getByRole('button', { name: /^Pay / });
    this.alert = page.getByRole('alert');
    this.addressSummary = page.getByText('Billing address', { exact: true });
    this.postcode = page.getByRole('textbox', { name: 'Postal code' });
    this.city = page.getByRole('textbox', { name: 'City' });
  }

  async open(paymentUrl: string): Promise<void> {
    await this.page.goto(paymentUrl);
  }

  /** Waits for the screen that is headed so. */
  async shows(title: string): Promise<void> {
    await this.page.getByRole('heading', { name: title, exact: true }).waitFor();
  }

  async says(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor();
  }

  /** The reason of a failed attempt, or whatever else the page announces. */
  async announces(text: string | RegExp): Promise<void> {
    await this.alert.getByText(text).waitFor();
  }

  async fill({ email, name, country, postcode, city }: BillingDetails): Promise<void> {
    await this.email.fill(email);
    await this.name.fill(name);
    await this.country.selectOption({ label: country });
    await this.openAddress();
    await this.postcode.fill(postcode);
    await this.city.fill(city);
  }

  /** What stands in the form now. */
  async details(): Promise<BillingDetails> {
    await this.openAddress();
    return {
      email: await this.email.inputValue(),
      name: await this.name.inputValue(),
      country: await this.country.getByRole('option', { selected: true }).innerText(),
      postcode: await this.postcode.inputValue(),
      city: await this.city.inputValue(),
    };
  }

  /** Ticks that it is a business that buys. */
  async buyForBusiness({ company }: { readonly company: string }): Promise<void> {
    await this.screen.press(this.page.getByRole('checkbox', { name: 'I am buying for a business' }));
    await this.page.getByRole('textbox', { name: 'Company' }).fill(company);
  }

  async openReceipt(): Promise<void> {
    await this.screen.press(this.page.getByRole('link', { name: 'Show the receipt' }));
    await this.page.getByRole('heading', { name: /^Receipt from / }).waitFor();
  }

  async pay(): Promise<void> {
    await this.screen.press(this.payButton);
  }

  /** Presses Pay again while what the first press sent is on its way. */
  async payTwice(): Promise<void> {
    await this.payButton.scrollIntoViewIfNeeded();
    const box = await this.payButton.boundingBox();
    if (!box) throw new Error('there is no Pay button to be seen');
    const pressPay = () => this.screen.pressAt(this.page, box.x + box.width / 2, box.y + box.height / 2);
    const firstSent = this.page.waitForRequest((request) => request.method() === 'POST');
    await pressPay();
    await firstSent;
    await pressPay();
  }

  /** The browser either goes to the provider or says that a payment is in progress, which leads there, too. */
  async continueIfAsked(): Promise<void> {
    const inProgress = this.page.getByRole('heading', { name: 'A payment is in progress' });
    const provider = this.page.getByRole('heading', { name: 'Pay by card or bank debit' });
    await inProgress.or(provider).waitFor();
    if (await inProgress.isVisible()) await this.continuePayment();
  }

  async cancelAndReturn(): Promise<void> {
    await this.screen.press(this.page.getByRole('button', { name: /^Cancel and return to / }));
  }

  async continuePayment(): Promise<void> {
    await this.screen.press(this.page.getByRole('link', { name: 'Continue payment' }));
  }

  async chooseAnother(): Promise<void> {
    await this.screen.press(this.page.getByRole('button', { name: 'Cancel and choose another method' }));
  }

  async openNewer(): Promise<void> {
    await this.screen.press(this.page.getByRole('link', { name: 'Open the current payment page' }));
  }

  async returnToShop(): Promise<void> {
    await this.screen.press(this.page.getByRole('link', { name: /^Return to / }));
  }

  private async openAddress(): Promise<void> {
    if (!(await this.city.isVisible())) await this.screen.press(this.addressSummary);
    await this.city.waitFor();
  }
}
